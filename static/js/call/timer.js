// The clock of the contact. It counts from what the server said at load, so it survives reloads and slow tabs;
// after the call it counts the wrap-up, and past the soft limit it says so in words and colour. Nothing is closed.

const timer = document.querySelector("[data-timer]");
const box = document.querySelector("[data-call-state]");
const wordsBelow = document.querySelector("[data-timer-words]");
const ending = document.querySelector("[data-end-call]");
// The server counted when it answered, not when this script came to run.
const answeredAt = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const isPlausible = Date.now() - answeredAt >= 0 && Date.now() - answeredAt < 60_000;
const loadedAt = isPlausible ? answeredAt : Date.now();
let base = Number(timer.dataset.wrapUp || timer.dataset.timer);
let since = loadedAt;
let isWrappingUp = timer.dataset.wrapUp !== "";

function drawState() {
  const pill = box.querySelector(".pill");
  pill.classList.toggle("pill-good", !isWrappingUp);
  pill.classList.toggle("pill-warn", isWrappingUp);
  pill.textContent = isWrappingUp ? box.dataset.wrappingUp : box.dataset.talking;
  wordsBelow.textContent = isWrappingUp ? wordsBelow.dataset.wrapUpWords : wordsBelow.dataset.talkWords;
}

function draw() {
  const seconds = Math.floor(base + (Date.now() - since) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, "0");
  timer.textContent = `${hours ? `${hours}:` : ""}${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  const isLate = seconds >= Number(isWrappingUp ? timer.dataset.wrapUpTarget : timer.dataset.target);
  timer.classList.toggle("late", isLate);
  if (isLate && isWrappingUp) box.querySelector(".pill").textContent = box.dataset.late;
}

ending.addEventListener("click", () => {
  if (isWrappingUp) return;
  isWrappingUp = true;
  base = 0;
  since = Date.now();
  ending.disabled = true;
  drawState();
  draw();
  document.dispatchEvent(new CustomEvent("call:ended"));
});

drawState();
draw();
window.setInterval(draw, 1000);

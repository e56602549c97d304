// The clock of a contact. It counts from what the server said at load, so it survives reloads and slow tabs;
// after the call it counts the wrap-up, and past the soft limit it says so in words and colour. Nothing is closed.

export class CallTimer {
  constructor(root, loadedAt) {
    this.root = root;
    this.timer = root.querySelector("[data-timer]");
    this.box = root.querySelector("[data-call-state]");
    this.words = root.querySelector("[data-timer-words]");
    this.ending = root.querySelector("[data-end-call]");
    this.base = Number(this.timer.dataset.wrapUp || this.timer.dataset.timer);
    this.since = loadedAt;
    this.isWrappingUp = this.timer.dataset.wrapUp !== "";
    this.ending.addEventListener("click", () => this.end());
    this.drawState();
    this.draw();
    this.ticking = window.setInterval(() => root.isConnected && this.draw(), 1000);
  }

  stop() {
    window.clearInterval(this.ticking);
  }

  drawState() {
    const pill = this.box.querySelector(".pill");
    pill.classList.toggle("pill-good", !this.isWrappingUp);
    pill.classList.toggle("pill-warn", this.isWrappingUp);
    pill.textContent = this.isWrappingUp ? this.box.dataset.wrappingUp : this.box.dataset.talking;
    this.words.textContent = this.isWrappingUp ? this.words.dataset.wrapUpWords : this.words.dataset.talkWords;
  }

  draw() {
    const seconds = Math.floor(this.base + (Date.now() - this.since) / 1000);
    this.timer.textContent = asClock(seconds);
    const { target, wrapUpTarget } = this.timer.dataset;
    const isLate = seconds >= Number(this.isWrappingUp ? wrapUpTarget : target);
    this.timer.classList.toggle("late", isLate);
    if (isLate && this.isWrappingUp) this.box.querySelector(".pill").textContent = this.box.dataset.late;
  }

  end(secondsAgo = 0) {
    if (this.isWrappingUp) return;
    this.isWrappingUp = true;
    this.base = secondsAgo;
    this.since = Date.now();
    this.ending.disabled = true;
    this.drawState();
    this.draw();
    this.root.dispatchEvent(new CustomEvent("draft:ended"));
  }
}

export function asClock(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, "0");
  return `${hours ? `${hours}:` : ""}${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

export function pageAnsweredAt() {
  // The server counted when it answered, not when this script came to run.
  const answered = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
  const isPlausible = Date.now() - answered >= 0 && Date.now() - answered < 60_000;
  return isPlausible ? answered : Date.now();
}

// A wall display that does not hear from the server must not go on showing old figures as if they were new.

const OLD_AFTER_MS = 35_000; // three refreshes were lost
let heardAt = Date.now();

document.addEventListener("htmx:afterSwap", () => (heardAt = Date.now()));
window.setInterval(() => {
  const isOld = Date.now() - heardAt > OLD_AFTER_MS;
  const words = isOld ? document.body.dataset.saysOld : "";
  const place = document.querySelector("[data-old]");
  if (place.textContent !== words) place.textContent = words;
}, 1000);

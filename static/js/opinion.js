// The link of a score was opened: send it at the first sign of a person on the page, so that one click
// is the whole answer. Filters of mail open links too, some of them in a browser that runs scripts; they
// move no mouse and press nothing. The button stands there for everybody else.

const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "wheel"];
const chosen = document.querySelector("#score-form [data-chosen]");
let from = null;

// A browser itself makes a (trusted) move of a pointer that stands still when a page is drawn below it.
function stoodStill(event) {
  if (event.type !== "pointermove") return false;
  const before = from;
  from = { x: event.screenX, y: event.screenY };
  return !before || (before.x === from.x && before.y === from.y);
}

function send(event) {
  if (!event.isTrusted || stoodStill(event)) return;
  for (const sign of SIGNS) document.removeEventListener(sign, send);
  // Whoever presses a button of the form has answered by it.
  if (!event.target.closest?.("#score-form button")) chosen?.click();
}

for (const sign of SIGNS) document.addEventListener(sign, send, { passive: true });

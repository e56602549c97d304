// What can be taken back is offered for ten seconds: by its button, and by Ctrl+Z outside fields. Whoever
// points at it or has it in focus keeps it longer. The newest offer has the key.

const SHOWN_MS = 10_000;

function offer(message) {
  for (const older of document.querySelectorAll("[data-undo]")) {
    if (older !== message) older.querySelector("[data-keys]")?.removeAttribute("data-keys");
  }
  let hiding = 0;
  const hideLater = () => {
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => message.remove(), SHOWN_MS);
  };
  for (const stay of ["pointerenter", "focusin"]) message.addEventListener(stay, () => window.clearTimeout(hiding));
  for (const leave of ["pointerleave", "focusout"]) message.addEventListener(leave, hideLater);
  hideLater();
}

export function showMessages(from) {
  // What the server said in an answer that did not replace the page.
  const messages = document.getElementById("messages");
  for (const said of [...from.children]) {
    messages.append(said);
    if (said.matches("[data-undo]")) offer(said);
  }
}

document.querySelectorAll("[data-undo]").forEach(offer);
document.addEventListener("page:drawn", () => document.querySelectorAll("[data-undo]").forEach(offer));

// Shortcuts are written on the control they press: data-keys="Alt+KeyN" (physical keys, so that every layout works;
// several are separated by a space) and data-keys-label. Pressing them clicks a button or link, and focuses a field.
// With data-keys-outside they are left to a field in which somebody types.
// The list of shortcuts is drawn from the same attributes: what is listed is what is bound.

const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";
const SHOWN = { Control: "Ctrl", Slash: "/", Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

const isTyping = (target) => target.isContentEditable || target.matches?.(FIELDS);
const isKept = (element, event) => "keysOutside" in element.dataset && isTyping(event.target); // the field has its own
const chordsOf = (element) => element.dataset.keys.split(" ");

function bound() {
  const dialog = document.querySelector("dialog[open]");
  return [...(dialog ?? document).querySelectorAll("[data-keys]")];
}

function matches(chord, event) {
  const parts = chord.split("+");
  const code = parts.pop();
  if (code === "?") return event.key === "?" && !isTyping(event.target);
  return (
    (event.code === code || (code === "Slash" && event.key === "/")) &&
    event.ctrlKey === parts.includes("Control") &&
    event.altKey === parts.includes("Alt") &&
    (event.shiftKey === parts.includes("Shift") || (code === "Slash" && event.key === "/")) &&
    !event.metaKey
  );
}

function press(element, from) {
  // A page has one main form; whoever types in another one of its forms sends that one.
  const typedIn = isTyping(from) && from.form;
  if (typedIn && element.type === "submit" && element.form !== typedIn) typedIn.requestSubmit();
  else if (element.matches(FIELDS)) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const hit = bound().find((element) => chordsOf(element).some((chord) => matches(chord, event)) && !isKept(element, event));
  if (!hit || hit.disabled) return;
  event.preventDefault();
  press(hit, event.target);
});

const keyName = (part) => SHOWN[part] ?? part.replace(/^(Key|Digit)/, "");

function drawChord(chord) {
  const drawn = document.createElement("span");
  for (const part of chord.split("+")) {
    const key = document.createElement("kbd");
    key.textContent = keyName(part);
    drawn.append(key);
  }
  return drawn;
}

function drawList(dialog) {
  const list = dialog.querySelector("dl");
  const row = dialog.querySelector("template").content;
  const rows = [...document.querySelectorAll("[data-keys]")].map((element) => {
    const drawn = row.cloneNode(true);
    drawn.querySelector("dt").textContent = element.dataset.keysLabel ?? element.textContent.trim();
    drawn.querySelector("dd").append(...chordsOf(element).map(drawChord));
    return drawn;
  });
  list.replaceChildren(...rows);
}

const listDialog = document.getElementById("keys-dialog");
listDialog?.addEventListener("dialog:opening", () => drawList(listDialog));

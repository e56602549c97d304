// The script of a topic, stepped by digits: a digit takes the answer, Backspace goes back, Enter puts the text into the answer.
// The path stands in a hidden field of the form, so it is kept with the draft like everything typed.

const pathField = () => document.querySelector("[name=script_path]");
const panel = () => document.getElementById("call-script");

function readPath() {
  try {
    const told = JSON.parse(pathField().value);
    return String(told.version) === panel().dataset.version ? told.path : [];
  } catch {
    return [];
  }
}

function writePath(path) {
  pathField().value = path.length ? JSON.stringify({ version: Number(panel().dataset.version), path }) : "";
  document.dispatchEvent(new CustomEvent("call:changed"));
}

const step = (name) => panel().querySelector(`[data-step="${name}"]`);
const buttonOf = (place, number) => place.querySelector(`[data-answer="${number}"]`);

// Where a path has led: the step that asks now, and the answer that ended the script, if one has.
function walk(path) {
  let place = panel().querySelector("[data-step]");
  let last = null;
  for (const number of path) {
    last = buttonOf(place, number);
    if (!last) return { place, last: null };
    if (last.dataset.to) place = step(last.dataset.to);
  }
  return { place, last };
}

function show(movesFocus) {
  const path = readPath();
  const { place, last } = walk(path);
  const hasEnded = Boolean(last?.dataset.ending);
  for (const other of panel().querySelectorAll("[data-step]")) other.hidden = hasEnded || other !== place;
  const end = panel().querySelector("[data-end]");
  end.hidden = !hasEnded;
  if (hasEnded) {
    end.querySelector("[data-end-outcome]").textContent = last.dataset.endingLabel;
    end.querySelector("[data-end-text]").textContent = last.dataset.text;
    end.querySelector("[data-use]").hidden = !last.dataset.text;
  }
  panel().querySelector("[data-back]").hidden = path.length === 0;
  if (movesFocus) panel().querySelector("[data-place]").focus();
}

function take(button) {
  writePath([...readPath(), Number(button.dataset.answer)]);
  show(true);
  if (button.dataset.ending) chooseOutcome(button.dataset.ending);
}

function back() {
  writePath(readPath().slice(0, -1));
  show(true);
}

function chooseOutcome(value) {
  const radio = document.querySelector(`[name=outcome][value="${value}"]`);
  if (!radio || radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

// By insertion at the end, so that the field's own undo takes just that back.
function use() {
  const text = walk(readPath()).last?.dataset.text;
  const field = document.getElementById("call-answer");
  if (!text || field.value.includes(text)) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  document.execCommand("insertText", false, `${field.value && !field.value.endsWith("\n") ? "\n" : ""}${text}`);
}

document.addEventListener("click", (event) => {
  if (event.target.matches("#call-script [data-place]")) event.target.focus(); // its shortcut clicks it
  const button = event.target.closest("#call-script button");
  if (!button) return;
  if (button.dataset.answer) take(button);
  else if ("back" in button.dataset) back();
  else if ("use" in button.dataset) use();
});

document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("#call-script") || event.altKey || event.ctrlKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const { place, last } = walk(readPath());
  const answer = digit && !last?.dataset.ending && buttonOf(place, digit);
  if (answer) take(answer);
  else if (event.key === "Backspace" && readPath().length) back();
  else if (event.key === "Enter" && last?.dataset.ending && !event.target.matches("button")) use();
  else return;
  event.preventDefault();
});

// Another topic brings another script; the path of the one before does not fit it any more.
document.addEventListener("htmx:load", () => panel() && show(false));
if (panel()) show(false);

// Colleagues beside the call. Passing on: what is typed narrows the list, an arrow goes into it, Enter takes the
// marked one; who is ready gets the contact at once, another one is promised to call the client back.
// The directory: who deals with the topic of the contact in front, with phone and presence.

import { fetchPart } from "./parts.js";

const WAIT_MS = 120;

const dialog = document.getElementById("pass-dialog");
const form = document.getElementById("pass-form");
const field = document.getElementById("pass-text");
const staff = document.getElementById("staff-form");
const draft = () => document.querySelector("call-draft");
const valueOf = (name) => draft().querySelector(`[name=${name}]`).value;
let asked = 0;
let waiting = 0;
let answered = null; // the text that the list answers
let isPassing = false;

async function ask() {
  window.clearTimeout(waiting);
  const mine = ++asked;
  const text = field.value;
  const part = await fetchPart(form.dataset.colleaguesUrl, { text, topic: valueOf("topic"), county: valueOf("county") });
  const anew = part?.body.querySelector("#colleagues");
  if (!anew || mine !== asked) return;
  draw(anew);
  answered = text;
}

function draw(anew) {
  document.getElementById("colleagues").replaceWith(anew);
}

function say(problem) {
  const item = document.createElement("li");
  item.textContent = problem;
  document.getElementById("pass-problem").replaceChildren(item);
}

async function passOn() {
  if (isPassing) return;
  if (answered !== field.value) await ask(); // a quick hand
  const chosen = form.querySelector("[name=to]:checked");
  if (!chosen) {
    say(form.dataset.saysChoose);
    field.focus();
    return;
  }
  const [way, to] = chosen.value.split("-");
  if (way === "callback") {
    dialog.close();
    promiseCallback(to, chosen.dataset.name);
    return;
  }
  isPassing = true;
  const answer = await draft().form.pass(draft().querySelector("#call-form").dataset.passUrl, { to });
  isPassing = false;
  if (answer.kind === "incomplete") {
    draw(new DOMParser().parseFromString(answer.told.chooser, "text/html").body.firstElementChild);
    field.focus();
  } else if (["done", "conflict", "gone"].includes(answer.kind)) dialog.close();
  else say(form.dataset.saysNotNow);
}

/** The draft says who calls back; number and time are asked for as with any callback. */
function promiseCallback(to, name) {
  const front = draft();
  front.querySelector("[name=callback_by]").value = to;
  front.querySelector("[name=callback_by_name]").value = name;
  front.querySelector("[name=outcome][value=callback]").checked = true;
  const number = front.querySelector("[name=callback_number]");
  number.value ||= valueOf("caller_number") || numberIn(valueOf("caller_lookup"));
  front.dispatchEvent(new CustomEvent("draft:changed"));
  (number.value ? front.querySelector("[name=callback_due_at]") : number).focus();
}

const numberIn = (text) => (/^[+\d][\d\s-]{4,}$/.test(text.trim()) ? text.trim() : "");

dialog.addEventListener("dialog:opening", () => {
  field.value = "";
  answered = null;
  document.getElementById("colleagues").querySelector(".pick").replaceChildren();
  ask();
});
field.addEventListener("input", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(ask, WAIT_MS);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  const options = [...form.querySelectorAll("[name=to]")];
  const target = options.find((option) => option.checked) ?? options[0];
  if (!target) return;
  event.preventDefault();
  target.checked = true;
  target.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  passOn();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-calls-back-oneself]")) promiseCallback("", "");
});
document.getElementById("staff-dialog").addEventListener("dialog:opening", () => {
  staff.reset();
  for (const name of ["topic", "county"]) staff.elements[`of_${name}`].value = valueOf(name);
  window.htmx.trigger(staff, "refresh");
});

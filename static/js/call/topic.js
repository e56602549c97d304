// The topic picker: a combobox over the server's search. An empty field offers the favourites, one digit each.
// Answers that come too late are dropped; taking a topic moves on to the notes.

import { csrfToken, showOutage } from "../requests.js";

const WAIT_MS = 90;

const picker = document.querySelector("[data-topic-picker]");
const field = document.getElementById("topic-search");
const list = document.getElementById("topic-list");
const count = document.getElementById("topic-count");
const chosen = picker.querySelector("[name=topic]");
const form = document.getElementById("call-form");
let asked = 0;
let wait = 0;
let answered = null; // the text that the list now answers
let takesFirst = false; // Enter came before the answer: its first topic is meant

const options = () => [...list.children];
const marked = () => options().find((option) => option.getAttribute("aria-selected") === "true");

function open(isOpen) {
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) field.removeAttribute("aria-activedescendant");
}

function mark(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (!option) return;
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function ask() {
  const mine = ++asked;
  const text = field.value;
  let told;
  try {
    const answer = await fetch(picker.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ text }),
    });
    if (!answer.ok || answer.redirected) return;
    told = await answer.json();
  } catch {
    showOutage();
    return;
  }
  if (mine !== asked) return;
  list.innerHTML = told.options;
  answered = text;
  count.textContent = told.count;
  if (takesFirst) {
    takesFirst = false;
    if (list.firstElementChild) take(list.firstElementChild, false);
    else field.setAttribute("aria-invalid", "true");
    return;
  }
  open(list.children.length > 0 && document.activeElement === field);
  if (text) mark(list.firstElementChild);
}

function take(option, movesOn = true) {
  chosen.value = option.dataset.topic;
  field.value = option.dataset.name;
  field.removeAttribute("aria-invalid");
  asked += 1;
  open(false);
  count.textContent = "";
  document.dispatchEvent(new CustomEvent("call:changed"));
  help();
  if (movesOn) document.getElementById("call-question").focus();
}

function help() {
  const language = new FormData(form).get("language") ?? "et";
  const url = form.dataset.helpUrl.replace("/0/", `/${chosen.value}/`);
  window.htmx
    .ajax("GET", `${url}?language=${language}`, { target: "#topic-help", swap: "outerHTML" })
    .then(() => document.dispatchEvent(new CustomEvent("call:changed")));
}

field.addEventListener("input", () => {
  if (chosen.value) {
    chosen.value = "";
    document.dispatchEvent(new CustomEvent("call:changed"));
  }
  window.clearTimeout(wait);
  wait = window.setTimeout(ask, WAIT_MS);
});
field.addEventListener("focus", () => {
  if (!chosen.value) ask();
  else field.select();
});
field.addEventListener("blur", () => window.setTimeout(() => open(false), 150));
field.addEventListener("keydown", (event) => {
  const all = options();
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit && !field.value && !event.altKey && !event.ctrlKey && all.some((option) => option.dataset.digit === digit)) {
    event.preventDefault();
    take(all.find((option) => option.dataset.digit === digit));
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) {
      open(all.length > 0);
      return;
    }
    const at = all.indexOf(marked());
    mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
  } else if (event.key === "Enter" && !event.ctrlKey) {
    event.preventDefault();
    if (field.value && !chosen.value && answered !== field.value) {
      // A quick hand: what is typed next belongs to the notes, and the topic comes when it comes.
      window.clearTimeout(wait);
      takesFirst = true;
      ask();
      document.getElementById("call-question").focus();
    } else if (!list.hidden && marked()) take(marked());
  } else if (event.key === "Escape") {
    open(false);
  }
});
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});

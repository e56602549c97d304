// The answer to a letter keeps itself: every keystroke in this browser at once, on the server after a pause. What
// a colleague has saved meanwhile is never overwritten: saving then is left to the person, who sees both texts.

import { hideOutage, showOutage, showSignedOut } from "./requests.js";
import { post } from "./call/post.js";
import { dropLocal, readLocal, writeLocal } from "./call/store.js";

const PAUSE_MS = 1500;
const BACK_OFF_MS = [2000, 5000, 10000, 20000];

let form, user, key, version, words, clock, state;

const typed = () => {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  delete fields.version;
  delete fields.act;
  return fields;
};

function say(text, time = "") {
  if (words.textContent !== text) words.textContent = text;
  clock.textContent = time;
  form.querySelector("[data-saved]").classList.toggle("is-local", text !== form.dataset.saysSaved);
}

function preview() {
  for (const part of document.querySelectorAll("[data-preview]")) {
    part.textContent = form.elements[part.dataset.preview].value;
  }
}

function changed() {
  if (state.isOver) return;
  state.typedAt += 1;
  writeLocal(user, key, { typed: typed(), version: version.value });
  preview();
  soon(PAUSE_MS);
}

function soon(wait) {
  window.clearTimeout(state.timer);
  state.timer = window.setTimeout(save, wait);
}

async function save() {
  if (state.isSaving || state.isOver) return;
  state.isSaving = true;
  const upTo = state.typedAt;
  const answer = await post(form.dataset.saveUrl, { version: Number(version.value), typed: typed() });
  state.isSaving = false;
  if (state.isOver) return;
  if (state.waiting) {
    const button = state.waiting;
    state.waiting = null;
    if (answer.kind === "done") version.value = answer.told.version;
    form.requestSubmit(button);
  } else if (answer.kind === "done") saved(answer.told, upTo);
  else notSaved(answer);
}

function saved(told, upTo) {
  hideOutage();
  state.failures = 0;
  version.value = told.version;
  say(form.dataset.saysSaved, told.saved_at);
  if (state.typedAt === upTo) dropLocal(user, key);
  else soon(PAUSE_MS);
}

function notSaved({ kind, status }) {
  if (kind === "conflict") {
    state.isOver = true; // the person saves, and the page then shows both texts
    say(form.dataset.saysStale);
    return;
  }
  if (["refused", "incomplete", "gone"].includes(kind)) {
    // The same again would be refused again: it waits until the person writes on or saves.
    say(`${form.dataset.saysLocal}: ${form.dataset[`saysRefused-${status}`] ?? status}`);
    return;
  }
  if (kind === "signed-out") showSignedOut();
  if (kind === "away") showOutage();
  say(form.dataset.saysLocal);
  soon(BACK_OFF_MS[Math.min(state.failures, BACK_OFF_MS.length - 1)]);
  state.failures += 1;
}

function put(text) {
  const field = form.elements.text;
  field.focus();
  // execCommand is the one way that keeps the browser's own undo history.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  changed();
}

function takeBack() {
  // What this browser knows and the server does not: a crash, a cut cable, an ended session.
  const kept = readLocal(user, key);
  if (!kept || kept.version !== version.value) return;
  for (const element of form.elements) {
    if (!element.name || !(element.name in kept.typed)) continue;
    if (element.type === "radio") element.checked = element.value === kept.typed[element.name];
    else element.value = kept.typed[element.name];
  }
  changed();
}

function sent(event) {
  if (state.isSaving) {
    // The save under way moves the version on; what is sent must begin from that one.
    event.preventDefault();
    state.waiting = event.submitter;
    return;
  }
  state.isOver = true;
  window.clearTimeout(state.timer);
  dropLocal(user, key);
}

/** The server was away, or the session had ended: the words stay here and are kept as before. */
function stayed() {
  state.isOver = false;
  changed();
}

function begin() {
  form = document.getElementById("answer-form");
  if (!form) return;
  window.clearTimeout(state?.timer);
  ({ user, key } = form.dataset);
  version = form.elements.version;
  words = form.querySelector("[data-saved-words]");
  clock = form.querySelector("[data-saved-at]");
  state = { typedAt: 0, isSaving: false, isOver: false, timer: 0, waiting: null, failures: 0 };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", sent);
  form.addEventListener("form:stayed", stayed);
  takeBack();
  if (state.typedAt === 0 && hasEarlyWords()) changed();
  preview();
}

document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-phrase]");
  if (phrase) put(phrase.dataset.phrase);
});
document.addEventListener("server:back", () => soon(0));

/** What was typed before this script ran: no event told of it. */
function hasEarlyWords() {
  return [form.elements.subject, form.elements.text, form.elements.source_text].some((field) => field.value !== field.defaultValue);
}

begin();
document.addEventListener("page:drawn", begin);

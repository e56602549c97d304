// The page on which a ticket is written keeps itself: every keystroke in this browser at once, on the server after a
// second of quiet. The server's answer says what is lacking; what a colleague has saved is never overwritten.

import { dropLocal, readLocal, writeLocal } from "./call/store.js";

const PAUSE_MS = 1000;
const BACK_OFF_MS = [2000, 5000, 10000, 20000];

let form, user, key, isKept, state;

const version = () => form.elements.version.value;

const typed = () => {
  const fields = Object.fromEntries(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "version", "act", "inquiry", "client_text"]) delete fields[name];
  return fields;
};

function say(text, isLocal = false) {
  const place = document.getElementById("saved");
  place.querySelector("[data-saved-words]").textContent = text;
  place.querySelector("[data-saved-at]").textContent = "";
  place.classList.toggle("is-local", isLocal);
}

function changed(wait = PAUSE_MS) {
  if (state.isOver) return;
  state.typedAt += 1;
  writeLocal(user, key, { typed: typed(), version: version() });
  if (isKept && !state.isStale) soon(wait);
}

function soon(wait) {
  window.clearTimeout(state.timer);
  state.timer = window.setTimeout(keep, wait);
}

function keep() {
  if (state.isOver || state.isStale || state.isSaving) return;
  state.isSaving = true;
  state.sentAt = state.typedAt;
  window.htmx.trigger(form, "keep");
}

function answered({ detail }) {
  if (detail.elt !== form) return;
  state.isSaving = false;
  if (state.waiting) {
    const button = state.waiting;
    state.waiting = null;
    form.requestSubmit(button);
  } else if (detail.successful) saved();
  else notSaved(detail.xhr?.status ?? 0);
}

function saved() {
  state.failures = 0;
  for (const other of document.querySelectorAll("[data-version]")) other.value = version();
  if (state.typedAt === state.sentAt) dropLocal(user, key);
  else soon(PAUSE_MS);
}

function notSaved(status) {
  if (status === 409) {
    state.isStale = true; // the person saves, and the page then shows both texts
    return;
  }
  const why = form.dataset[`saysRefused-${status}`];
  say(why ? `${form.dataset.saysLocal}: ${why}` : form.dataset.saysLocal, true);
  if (why) return; // the same again would be refused again
  soon(BACK_OFF_MS[Math.min(state.failures, BACK_OFF_MS.length - 1)]);
  state.failures += 1;
}

function takeBack() {
  // What this browser knows and the server does not: a crash, a cut cable, an ended session.
  // If somebody has saved meanwhile, the words come back upon the version they began from, and saving shows both.
  const kept = readLocal(user, key);
  if (!kept) return;
  const there = typed();
  if (Object.entries(kept.typed).every(([name, value]) => !(name in there) || there[name] === value)) {
    dropLocal(user, key);
    return;
  }
  if (isKept) form.elements.version.value = kept.version;
  else if (kept.version !== version()) return;
  for (const element of form.elements) {
    if (!element.name || !(element.name in kept.typed)) continue;
    if (element.type === "radio") element.checked = element.value === kept.typed[element.name];
    else element.value = kept.typed[element.name];
  }
  changed(0);
}

function sent(event) {
  if (event.submitter?.value === "find_client") return;
  if (state.isSaving) {
    // The save under way moves the version on; what is sent must begin from that one.
    event.preventDefault();
    state.waiting = event.submitter;
    return;
  }
  state.isOver = true;
  window.clearTimeout(state.timer);
}

/** The server was away, or said no: what is typed from here on is kept again. */
function stayed() {
  state.isOver = false;
  changed();
}

/** With the page, and again with each form that comes as the answer to it. */
function begin() {
  window.clearTimeout(state?.timer);
  form = document.getElementById("ticket-form");
  if (!form) return;
  ({ user, key } = form.dataset);
  isKept = form.hasAttribute("hx-post"); // a raised ticket is saved by its button alone
  state = { typedAt: 0, sentAt: 0, isSaving: false, isOver: false, isStale: false, timer: 0, failures: 0, waiting: null };
  form.addEventListener("input", ({ target }) => target.name !== "client_text" && changed());
  form.addEventListener("change", ({ target }) => {
    if (["group", "topic", "client"].includes(target.name)) changed(0);
  });
  form.addEventListener("submit", sent);
  form.addEventListener("form:stayed", stayed);
}

window.addEventListener("pagehide", () => state?.isOver && dropLocal(user, key));
document.addEventListener("htmx:afterRequest", answered);
document.addEventListener("click", (event) => {
  const offered = event.target.closest("[data-fill]");
  const field = offered && document.getElementById(offered.dataset.fill);
  if (!field) return;
  event.preventDefault();
  field.value = offered.dataset.text;
  field.focus();
  changed(0);
});
// Facts that were typed while the answer was under way stay as they are typed.
let facts = {};
document.addEventListener("htmx:oobBeforeSwap", ({ target }) => {
  if (target.id === "facts") facts = typed();
});
document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  if (target.id !== "facts") return;
  for (const field of document.querySelectorAll("#facts [name]")) if (facts[field.name]) field.value = facts[field.name];
});
document.addEventListener("server:back", () => state?.failures && soon(0));
document.addEventListener("page:drawn", begin);

begin();
// htmx hears of a form once the page is read: what is sent before that is never answered.
if (document.readyState === "complete") takeBack();
else document.addEventListener("DOMContentLoaded", takeBack);

// The call form keeps itself: every keystroke in this browser at once, on the server within two seconds of a
// pause and ten while typing on. What the server cannot take now is sent again until it does, and a finish that
// did not get through waits in line. The draft's key makes all of it safe to repeat.

import { csrfToken, hideOutage, showOutage, showSignedOut } from "../requests.js";
import { dropLocal, readLocal, sweepLocal, writeLocal } from "./store.js";

const PAUSE_MS = 1500;
const AT_LATEST_MS = 8000;
const ANSWER_WITHIN_MS = 10000;
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15000];
const SPOKEN_EVERY_MS = 5000;
const SLOW_MS = 800; // a save that takes longer is spoken of

const form = document.getElementById("call-form");
const { key, user } = form.dataset;
const words = form.querySelector("[data-saved-words]");
const clock = form.querySelector("[data-saved-at]");
const state = {
  version: form.dataset.version ? Number(form.dataset.version) : null,
  typedAt: 0, // counts changes, so that a save knows whether more was typed while it was under way
  savedAt: 0,
  isSaving: false,
  isFinishing: false,
  isOver: false, // the draft has become an inquiry: nothing is kept any more
  hasEnded: false,
  unanswered: [], // what was sent and may have arrived, though no answer came back
  failures: 0,
  pause: 0,
  latest: 0,
  retry: 0,
};
let spokenAt = 0;
let toSpeak = 0;

const typed = () => {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  return fields;
};

function say(text, time = "") {
  // The clock is redrawn at each save; the words are spoken at most once in five seconds.
  clock.textContent = time;
  window.clearTimeout(toSpeak);
  const speak = () => {
    if (words.textContent === text) return;
    spokenAt = Date.now();
    words.textContent = text;
  };
  const wait = spokenAt + SPOKEN_EVERY_MS - Date.now();
  if (wait <= 0) speak();
  else toSpeak = window.setTimeout(speak, wait);
  form.querySelector("[data-saved]").classList.toggle("is-local", text !== form.dataset.saysSaved);
}

function keepHere() {
  if (state.isOver) return;
  writeLocal(user, key, { typed: typed(), version: state.version, isFinishing: state.isFinishing, ended: state.hasEnded });
}

function changed() {
  if (state.isOver) return;
  state.typedAt += 1;
  keepHere();
  window.clearTimeout(state.pause);
  state.pause = window.setTimeout(save, PAUSE_MS);
  state.latest ||= window.setTimeout(save, AT_LATEST_MS);
}

async function send(url, body) {
  state.unanswered.push(body.typed);
  const stop = new AbortController();
  const limit = window.setTimeout(() => stop.abort(), ANSWER_WITHIN_MS);
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), Accept: "application/json" },
      body: JSON.stringify(body),
      signal: stop.signal,
    });
  } finally {
    window.clearTimeout(limit);
  }
}

const isOurs = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

function tryAgain(how) {
  window.clearTimeout(state.retry);
  state.retry = window.setTimeout(how, BACK_OFF_MS[Math.min(state.failures, BACK_OFF_MS.length - 1)]);
  state.failures += 1;
}

function notReached(how) {
  showOutage();
  say(state.isFinishing ? form.dataset.saysQueued : form.dataset.saysLocal);
  tryAgain(how);
}

function signedOut(how) {
  showSignedOut();
  say(form.dataset.saysSignedOut);
  tryAgain(how);
}

async function save() {
  window.clearTimeout(state.pause);
  window.clearTimeout(state.latest);
  state.latest = 0;
  if (state.isSaving || state.isFinishing || state.isOver) return;
  state.isSaving = true;
  const upTo = state.typedAt;
  let answer = null;
  const slow = window.setTimeout(() => say(form.dataset.saysSaving), SLOW_MS);
  try {
    answer = await send(form.dataset.saveUrl, { version: state.version, typed: typed(), ended: state.hasEnded });
  } catch {
    answer = null;
  }
  window.clearTimeout(slow);
  state.isSaving = false;
  if (state.isFinishing) return finish();
  if (!answer || answer.status >= 500) return notReached(save);
  if (answer.status === 401 || answer.status === 403 || answer.redirected) return signedOut(save);
  await saved(answer, upTo);
}

async function saved(answer, upTo) {
  const told = isOurs(answer) ? await answer.json() : {};
  if (answer.status === 409) return conflict(told, save);
  if (answer.status === 410 || answer.status === 404) return gone();
  if (!answer.ok) return notReached(save);
  hideOutage();
  state.unanswered = [];
  document.getElementById("signed-out")?.setAttribute("hidden", "");
  state.failures = 0;
  if (state.version === null) history.replaceState(null, "", form.dataset.pageUrl);
  state.version = told.version;
  say(form.dataset.saysSaved, told.saved_at);
  if (state.typedAt === upTo) dropLocal(user, key);
  else changed();
}

function isOurOwn(told) {
  // A save whose answer got lost has moved the version on: what stands there are our own earlier words.
  return state.unanswered.some((sent) => told.differences.every(({ name, theirs }) => (sent[name] ?? "") === theirs));
}

function conflict(told, again) {
  if (isOurOwn(told)) {
    state.version = told.version;
    state.unanswered = [];
    return again();
  }
  // Another tab has saved this draft. Both texts are shown; the person says which one stands.
  const dialog = document.getElementById("conflict-dialog");
  const rows = dialog.querySelector("tbody");
  rows.replaceChildren(
    ...told.differences.map((difference) => {
      const row = document.createElement("tr");
      for (const text of [difference.label, difference.theirs, difference.mine]) {
        const cell = document.createElement("td");
        cell.textContent = text;
        row.append(cell);
      }
      return row;
    }),
  );
  dialog.querySelector("[data-keep-mine]").onclick = () => {
    state.version = told.version;
    dialog.close();
    save();
  };
  dialog.querySelector("[data-take-theirs]").onclick = () => {
    state.isOver = true;
    dropLocal(user, key);
    location.reload();
  };
  if (!dialog.open) dialog.showModal();
}

function gone() {
  state.isOver = true;
  dropLocal(user, key);
  location.assign(form.dataset.pageUrl);
}

async function finish() {
  if (state.isOver) return;
  state.isFinishing = true;
  keepHere();
  if (state.isSaving) return; // the save under way comes back here
  let answer = null;
  state.isSaving = true;
  say(form.dataset.saysSaving);
  try {
    answer = await send(form.action, { version: state.version, typed: typed() });
  } catch {
    answer = null;
  }
  state.isSaving = false;
  if (!answer || answer.status >= 500) return notReached(finish);
  if (answer.status === 401 || answer.status === 403 || answer.redirected) return signedOut(finish);
  const told = isOurs(answer) ? await answer.json() : {};
  if (answer.status === 409) {
    state.isFinishing = false;
    return conflict(told, finish);
  }
  if (answer.status === 404) return gone();
  if (answer.status === 422) return refused(told);
  if (!answer.ok) return notReached(finish);
  hideOutage();
  state.isOver = true;
  dropLocal(user, key);
  location.assign(told.go_to);
}

function clearProblems() {
  document.getElementById("error-summary")?.remove();
  for (const list of document.querySelectorAll(".errorlist[data-of-finish], .call .errorlist")) list.remove();
  for (const field of document.querySelectorAll(".call [aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

function focusable(problem) {
  if (problem.field === "topic") return document.getElementById("topic-search");
  const named = [...form.elements].filter((element) => element.name === problem.field);
  return named.find((element) => element.checked) ?? named[0];
}

function refused(told) {
  state.isFinishing = false;
  state.failures = 0;
  state.version = told.version;
  hideOutage();
  clearProblems();
  const summary = document.getElementById("error-summary-shape").content.cloneNode(true).firstElementChild;
  const list = summary.querySelector("ul");
  for (const text of told.others) list.append(line(text));
  for (const problem of told.problems) {
    const field = focusable(problem);
    field?.closest("details")?.setAttribute("open", "");
    const link = document.createElement("a");
    link.href = `#${field?.id}`;
    link.textContent = problem.label;
    const item = document.createElement("li");
    item.append(link, `: ${problem.reasons.join(" ")}`);
    list.append(item);
    if (field) markField(field, problem);
  }
  document.getElementById("call-errors").prepend(summary);
  summary.focus();
  say(form.dataset.saysSaved);
  dropLocal(user, key);
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function markField(field, problem) {
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.id = `problem-${problem.field}`;
  list.dataset.ofFinish = "";
  list.append(...problem.reasons.map(line));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", list.id);
  (field.closest(".topic, .pick, .seg") ?? field).after(list);
}

function takeBack() {
  // What this browser knows and the server does not: a crash, a cut cable, an ended session.
  const kept = readLocal(user, key);
  if (!kept) return;
  for (const element of form.elements) {
    if (!element.name || !(element.name in kept.typed) || element.name === "csrfmiddlewaretoken") continue;
    if (element.type === "radio" || element.type === "checkbox") element.checked = element.value === kept.typed[element.name];
    else element.value = kept.typed[element.name];
  }
  state.hasEnded = kept.ended;
  state.typedAt += 1;
  if (kept.isFinishing) finish();
  else save();
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.form !== form) return;
  event.preventDefault();
  finish();
});
document.addEventListener("input", (event) => event.target.form === form && changed());
document.addEventListener("change", (event) => event.target.form === form && changed());
document.addEventListener("call:changed", changed);
document.addEventListener("call:ended", () => {
  state.hasEnded = true;
  changed();
});
document.addEventListener("server:back", () => (state.isFinishing ? finish() : state.failures && save()));
window.addEventListener("focus", () => (state.isFinishing ? finish() : state.failures && save()));
document.addEventListener("submit", (event) => {
  if (event.target.id === "discard-form") {
    state.isOver = true;
    dropLocal(user, key);
  }
});

sweepLocal();
takeBack();
if (state.version === null && !state.isSaving) save();
else if (!state.isSaving) say(form.dataset.saysSaved);

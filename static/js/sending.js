// A form that posts is sent from here, and its page stays until the server has taken it: a server that is away,
// a cable that is cut, an ended session cost nothing of what was typed or chosen, and the button works again. What
// was sent again because its answer was lost is done once (common/staying_forms.py). Without this script a form
// goes as every form does. [data-goes-itself]: what comes is a file or another page; the server is only asked
// first whether it is there.

import { csrfToken, hasSignedOut, isAway, isThere, showOutage, hideOutage, showSignedOut } from "./requests.js";
import { showPage, wordsOf } from "./page.js";

const ANSWER_WITHIN_MS = 30_000;
const FILES_WITHIN_MS = 600_000;
const MOST_KEPT_ALIVE = 8_000; // characters; a browser sends no more than 64 KB of a page that is being left
const MOST_PARTS = 60;
const SHOWN = new Set([409, 410, 422]);

const underWay = new Set();
const tries = new WeakMap(); // what was sent without an answer, under which name
const letThrough = new WeakSet();

const asked = (form, submitter, name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
const isOurs = (form, submitter) =>
  asked(form, submitter, "method").toLowerCase() === "post" && ["", "_self"].includes(asked(form, submitter, "target"));

function bodyOf(form, submitter) {
  const token = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && csrfToken()) token.value = csrfToken(); // signing in again has made the one of the page void
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
}

const says = ([name, value]) => (value instanceof File ? [name, value.name, value.size, value.lastModified] : [name, value]);

function nameOfTry(form, address, body) {
  const told = JSON.stringify([address, ...[...body].filter(([name]) => name !== "csrfmiddlewaretoken").map(says)]);
  const last = tries.get(form);
  if (last?.told === told) return last.name;
  const name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  tries.set(form, { told, name });
  return name;
}

async function post(form, submitter) {
  const address = new URL(asked(form, submitter, "action") || location.href, document.baseURI).href;
  const body = bodyOf(form, submitter);
  const parts = [...body.values()];
  const hasFiles = parts.some((part) => part instanceof File && part.size > 0);
  const stop = new AbortController();
  const limit = window.setTimeout(() => stop.abort(), hasFiles ? FILES_WITHIN_MS : ANSWER_WITHIN_MS);
  try {
    return await fetch(address, {
      method: "POST",
      body,
      headers: { "X-Form-Sent": nameOfTry(form, address, body), Accept: "text/html" },
      keepalive: !hasFiles && parts.length < MOST_PARTS && parts.join("").length < MOST_KEPT_ALIVE,
      signal: stop.signal,
    });
  } finally {
    window.clearTimeout(limit);
  }
}

async function send(form, submitter) {
  hideUnsent();
  let answer = null;
  try {
    answer = await post(form, submitter);
    if (!(await understood(form, answer))) return;
  } catch {
    if (await isThere()) showUnsent(); // only the cable was cut, or a chosen file is not there any more
    else showOutage();
  }
  stays(form);
}

/** Whether the page stays, with what was typed on it. */
async function understood(form, answer) {
  const place = answer.headers.get("X-Goes-To");
  if (hasSignedOut(answer)) showSignedOut();
  else if (isAway(answer)) showOutage();
  else if (place) {
    leaveFor(place);
    return false;
  } else {
    tries.delete(form); // it was answered: the next press is a new one
    const text = await answer.text();
    if (answer.ok || SHOWN.has(answer.status)) {
      free(form);
      hideOutage();
      showPage(text);
      return false;
    }
    showUnsent(wordsOf(text));
  }
  return true;
}

function leaveFor(place) {
  const next = new URL(place, location.href);
  const isSamePage = next.href.split("#")[0] === location.href.split("#")[0];
  if (!isSamePage) location.assign(next);
  else if (next.hash) {
    history.replaceState(null, "", next);
    location.reload();
  } else location.replace(next);
}

function stays(form) {
  free(form);
  form.dispatchEvent(new CustomEvent("form:stayed", { bubbles: true }));
}

function free(form) {
  underWay.delete(form);
  form.removeAttribute("aria-busy");
}

async function goItself(form, submitter) {
  if (await isThere()) {
    hideOutage();
    bodyOf(form, submitter);
    letThrough.add(form);
    form.requestSubmit(submitter);
  } else showOutage();
  free(form);
}

const unsent = () => document.getElementById("unsent");

function showUnsent(words = "") {
  const bar = unsent();
  bar.querySelector("[data-words]").textContent = words;
  bar.hidden = false;
}

function hideUnsent() {
  unsent().hidden = true;
}

// On the window: whoever else looks after a form of theirs has prevented it by then.
window.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || letThrough.delete(form) || !isOurs(form, submitter)) return;
  event.preventDefault();
  if (underWay.has(form)) return; // pressed twice
  underWay.add(form);
  form.setAttribute("aria-busy", "true");
  if (form.matches("[data-goes-itself], [role=search]")) goItself(form, submitter);
  else send(form, submitter);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of [...underWay]) free(form); // back on a page that had been left
});

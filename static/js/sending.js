// A form that posts is sent from here, and its page stays until the server has taken it: a server that is away,
// a cable that is cut, an ended session cost nothing of what was typed or chosen, and the button works again. What
// was sent again because its answer was lost is done once (common/staying_forms.py). Without this script a form
// goes as every form does. [data-goes-itself]: what comes is a file or another page; the server is only asked
// first whether it is there.

import { csrfToken, hasSignedOut, isAway, isThere, openedBy, showOutage, hideOutage, showSignedOut } from "./requests.js";
import { showPage, wordsOf } from "./page.js";

const ANSWER_WITHIN_MS = 30_000;
const FILES_WITHIN_MS = 600_000;
const MOST_KEPT_ALIVE = 8_000; // characters; a browser sends no more than 64 KB of a page that is being left
const MOST_PARTS = 60;
const SHOWN = new Set([409, 410, 422]);

const underWay = new Set();
const tries = new Map(); // what was sent without an answer, under which name; the form may be drawn anew meanwhile
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

const toldBy = (address, body) =>
  JSON.stringify([address, ...[...body].filter(([name]) => name !== "csrfmiddlewaretoken").map(says)]);

function nameOfTry(told) {
  const name =
    tries.get(told) ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  tries.set(told, name);
  return name;
}

async function post(address, body, told) {
  const parts = [...body.values()];
  const hasFiles = parts.some((part) => part instanceof File && part.size > 0);
  const stop = new AbortController();
  const limit = window.setTimeout(() => stop.abort(), hasFiles ? FILES_WITHIN_MS : ANSWER_WITHIN_MS);
  try {
    return await fetch(address, {
      method: "POST",
      body,
      headers: { "X-Form-Sent": nameOfTry(told), "X-Form-Opened-By": openedBy(), Accept: "text/html" },
      keepalive: !hasFiles && parts.length < MOST_PARTS && parts.join("").length < MOST_KEPT_ALIVE,
      signal: stop.signal,
    });
  } finally {
    window.clearTimeout(limit);
  }
}

async function send(form, submitter) {
  hideUnsent();
  const address = new URL(asked(form, submitter, "action") || location.href, document.baseURI).href;
  const body = bodyOf(form, submitter);
  const told = toldBy(address, body);
  try {
    const answer = await post(address, body, told);
    if (!hasSignedOut(answer) && !isAway(answer)) tries.delete(told); // it was answered: the next press is a new one
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
    const text = await answer.text();
    if (isPage(answer) && (answer.ok || SHOWN.has(answer.status))) {
      free(form);
      hideOutage();
      showPage(text);
      return false;
    }
    showUnsent(wordsOf(text));
  }
  return true;
}

/** A file is never drawn as a page: what somebody typed may stand in it. */
const isPage = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

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

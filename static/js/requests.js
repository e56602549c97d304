// What every request of ours has in common: the headers of whoever has the page, a bar while the server does not answer,
// and a bar when the session has ended (the sign-in page is never swapped into a part of another page).

const PROBE = "/robots.txt";
const PROBE_EVERY_MS = 4000;
const PROBE_WITHIN_MS = 8000;
const GATEWAY_FAILURES = new Set([502, 503, 504]);

const bar = (id) => document.getElementById(id);
let probing = 0;

export function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/** Who had this page when it was drawn: signing in again as somebody else does not send it in that name. */
export const openedBy = () => document.querySelector("live-events[data-audience]")?.dataset.audience ?? "";

/** What every request that changes something carries. */
export const ownHeaders = () => ({ "X-CSRFToken": csrfToken(), "X-Form-Opened-By": openedBy() });

export function showOutage() {
  const outage = bar("outage");
  if (!outage || !outage.hidden) return;
  outage.hidden = false;
  document.dispatchEvent(new CustomEvent("server:lost"));
  probing = window.setInterval(probe, PROBE_EVERY_MS);
}

export function hideOutage() {
  const outage = bar("outage");
  if (!outage || outage.hidden) return;
  outage.hidden = true;
  window.clearInterval(probing);
  document.dispatchEvent(new CustomEvent("server:back"));
}

export function showSignedOut() {
  const signedOut = bar("signed-out");
  if (signedOut) signedOut.hidden = false;
}

export async function isThere() {
  try {
    const answer = await fetch(PROBE, { cache: "no-store", signal: AbortSignal.timeout(PROBE_WITHIN_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

async function probe() {
  if (await isThere()) hideOutage(); // else the next probe asks again
}

const isSignInPage = (url) => new URL(url, location.href).pathname.startsWith("/accounts/login");
const isLedToSignIn = (url) => Boolean(url) && isSignInPage(url) && !isSignInPage(location.href);

export const isAway = (answer) => GATEWAY_FAILURES.has(answer.status);

/** The cookie of the forms may go with the session; the sign-in page gives a new one. */
export const hasSignedOut = (answer) => answer.status === 401 || (answer.status === 403 && !csrfToken());

document.addEventListener("htmx:configRequest", (event) => {
  Object.assign(event.detail.headers, ownHeaders());
});
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 401 || isLedToSignIn(xhr.responseURL)) {
    event.detail.shouldSwap = false;
    showSignedOut();
    return;
  }
  if (GATEWAY_FAILURES.has(xhr.status)) showOutage();
  else hideOutage();
});
window.addEventListener("offline", showOutage);
window.addEventListener("online", probe);

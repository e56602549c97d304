// What every htmx request of ours has in common: the CSRF header, a bar while the server does not answer,
// and a bar when the session has ended (the sign-in page is never swapped into a part of another page).

const PROBE = "/robots.txt";
const PROBE_EVERY_MS = 4000;
const GATEWAY_FAILURES = new Set([502, 503, 504]);

const bar = (id) => document.getElementById(id);
let probing = 0;

export function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

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

async function probe() {
  try {
    const answer = await fetch(PROBE, { cache: "no-store" });
    if (answer.ok) hideOutage();
  } catch {
    // still away; the next probe asks again
  }
}

const isSignInPage = (url) => new URL(url, location.href).pathname.startsWith("/accounts/login");

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 401 || (xhr.responseURL && isSignInPage(xhr.responseURL) && !isSignInPage(location.href))) {
    event.detail.shouldSwap = false;
    showSignedOut();
    return;
  }
  if (GATEWAY_FAILURES.has(xhr.status)) showOutage();
  else hideOutage();
});
window.addEventListener("offline", showOutage);
window.addEventListener("online", probe);

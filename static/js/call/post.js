// What is typed, sent to the server, and what its answer means for whoever types:
// done · conflict · gone · incomplete · refused (the same again would be refused again) · signed-out ·
// away (no answer, or the server failed) · later (anything else).

import { csrfToken, ownHeaders } from "../requests.js";

const ANSWER_WITHIN_MS = 10000;
const REFUSED = new Set([400, 403, 404, 413, 422]);
const OURS = { 404: "gone", 409: "conflict", 410: "gone", 422: "incomplete" }; // when our own page says so

export async function post(url, body, options = {}) {
  const stop = new AbortController();
  const limit = window.setTimeout(() => stop.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...ownHeaders(), Accept: "application/json" },
      body: JSON.stringify(body),
      signal: stop.signal,
      ...options,
    });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    const told = isOurs ? await answer.json() : {};
    return { kind: kindOf(answer, isOurs), status: answer.status, told };
  } catch {
    return { kind: "away", status: 0, told: {} };
  } finally {
    window.clearTimeout(limit);
  }
}

function kindOf(answer, isOurs) {
  const { status } = answer;
  // The cookie of the forms goes with the session; the sign-in page gives a new one.
  if (status === 401 || answer.redirected || (status === 403 && !csrfToken())) return "signed-out";
  if (status >= 500) return "away";
  if (isOurs && answer.ok) return "done";
  if (isOurs && status in OURS) return OURS[status];
  return REFUSED.has(status) ? "refused" : "later";
}

// A part of the call screen from the server. Null says that it did not come, and the bars above say why.

import { hideOutage, ownHeaders, showOutage, showSignedOut } from "../requests.js";

const GATEWAY_FAILURES = new Set([502, 503, 504]);

async function ask(url, values, headers) {
  const options = { headers: { ...headers } };
  if (values) {
    options.method = "POST";
    Object.assign(options.headers, ownHeaders());
    options.body = new URLSearchParams(values);
  }
  try {
    const answer = await fetch(url, options);
    if (GATEWAY_FAILURES.has(answer.status)) showOutage();
    else hideOutage();
    if (answer.status === 401) showSignedOut();
    return answer.ok ? answer : null;
  } catch {
    showOutage();
    return null;
  }
}

export async function fetchPart(url, values = null) {
  const answer = await ask(url, values, { "HX-Request": "true" });
  if (!answer) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { body: page.body, url: answer.url };
}

export async function fetchJson(url, values = null) {
  const answer = await ask(url, values, { Accept: "application/json" });
  return answer ? answer.json() : null;
}

// A client's number that is pressed is dialled by the telephone; who pressed it, and when, is written down meanwhile.

import { csrfToken } from "./requests.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dial]");
  if (!link) return;
  const { dial, client } = link.dataset;
  // On the call screen it is dialled for the inquiry that is gone on with.
  const inquiry = link.dataset.inquiry || link.closest("call-draft")?.querySelector("[name=follow_up_of]").value || "";
  fetch(dial, {
    method: "POST",
    keepalive: true, // the page may be left at once
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ number: link.getAttribute("href").slice("tel:".length), client, inquiry }),
  }).catch(() => {}); // a call is not held up by what is written down about it
});

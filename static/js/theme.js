// The theme switch works without a reload, so that nothing typed is lost; the server keeps the choice.

import { csrfToken } from "./requests.js";

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  document.documentElement.dataset.bsTheme = chosen;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.value = chosen === "dark" ? "light" : "dark";
    button.setAttribute("aria-pressed", String(chosen === "dark"));
  }
  fetch(form.action, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ theme: chosen }),
  }).catch(() => {}); // the page already looks as wished; the choice is asked for again next time
});

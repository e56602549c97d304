// Keeps what is typed on the public page while the tab is open: a server that is away, a wrong key
// or another language loses no word. Nothing outlives the tab, since it may stand in a library.

const KEPT = "ask";
const form = document.querySelector("form[data-ask]");

function fields() {
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type) && field.name !== "website");
}

function keep() {
  const typed = Object.fromEntries(fields().map((field) => [field.name, field.value]));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(typed));
  } catch {
    // A browser that keeps nothing still sends the form.
  }
}

function bring() {
  let typed = {};
  try {
    typed = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  } catch {
    return;
  }
  for (const field of fields()) {
    if (!field.value && typed[field.name]) field.value = typed[field.name];
  }
}

if (form) {
  bring();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    keep();
    // A second press while the first is on its way would only say the same once more.
    const button = form.querySelector("button[type=submit]");
    setTimeout(() => { button.disabled = true; }, 0);
    setTimeout(() => { button.disabled = false; }, 8000);
  });
  window.addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
}
if (document.querySelector("[data-ask-done]")) {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

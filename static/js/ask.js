// Keeps what is typed on the public page while the tab is open: a server that is away, a wrong key
// or another language loses no word. Nothing outlives the tab, since it may stand in a library.

const KEPT = "ask";
const letter = () => document.querySelector("form[data-ask]");

function fields() {
  return [...letter().elements].filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type) && field.name !== "website");
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

if (letter()) bring();
document.addEventListener("input", (event) => event.target.form?.matches("form[data-ask]") && keep());
if (document.querySelector("[data-ask-done]")) {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

// Global search: arrows walk from the field through the hits and back; Enter on the field opens the first hit.

const dialog = document.getElementById("search-dialog");
const field = dialog?.querySelector("input[type=search]");
const results = document.getElementById("search-results");
const hits = () => [...results.querySelectorAll("a")];

function step(by) {
  const stops = [field, ...hits()];
  const here = stops.indexOf(document.activeElement);
  stops[(here + by + stops.length) % stops.length].focus();
}

dialog?.addEventListener("dialog:opening", () => {
  field.value = "";
  results.replaceChildren();
});
dialog?.addEventListener("keydown", (event) => {
  if (event.code === "ArrowDown" || event.code === "ArrowUp") {
    event.preventDefault();
    step(event.code === "ArrowDown" ? 1 : -1);
  }
  if (event.code === "Enter" && event.target === field && hits().length) {
    event.preventDefault();
    hits()[0].click();
  }
});

// A summary of errors takes the focus as soon as it is on the page, and its links lead into the fields.

function focusSummary() {
  document.getElementById("error-summary")?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.querySelector?.("#error-summary") || event.target.id === "error-summary") focusSummary();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});
focusSummary();

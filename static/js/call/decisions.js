// What only the person can decide: which of two texts stands, and what becomes of words whose draft is gone.

export function bothTexts(root, told, { keepMine, takeTheirs }) {
  const dialog = root.querySelector("#conflict-dialog");
  dialog.querySelector("tbody").replaceChildren(...told.differences.map(asRow));
  dialog.querySelector("[data-keep-mine]").onclick = () => {
    dialog.close();
    keepMine();
  };
  dialog.querySelector("[data-take-theirs]").onclick = takeTheirs;
  if (!dialog.open) dialog.showModal();
}

export function lastWords(root, told, written, leave) {
  const dialog = root.querySelector("#gone-dialog");
  if (told.detail) dialog.querySelector("h2").textContent = told.detail;
  dialog.querySelector("textarea").value = written;
  dialog.addEventListener("close", leave, { once: true });
  dialog.showModal();
}

function asRow(difference) {
  const row = document.createElement("tr");
  for (const text of [difference.label, difference.theirs, difference.mine]) {
    const cell = document.createElement("td");
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

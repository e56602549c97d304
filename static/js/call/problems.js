// What the finish refused: a summary with links that takes the focus, and the reasons at each field.

export function showProblems(root, told) {
  clear(root);
  const summary = root.querySelector("#error-summary-shape").content.cloneNode(true).firstElementChild;
  const list = summary.querySelector("ul");
  list.append(...told.others.map(line));
  for (const problem of told.problems) {
    const field = fieldOf(root, problem);
    field?.closest("details")?.setAttribute("open", "");
    const link = document.createElement("a");
    link.href = `#${field?.id}`;
    link.textContent = problem.label;
    const item = document.createElement("li");
    item.append(link, `: ${problem.reasons.join(" ")}`);
    list.append(item);
    if (field) mark(field, problem);
  }
  root.querySelector("#call-errors").prepend(summary);
  summary.focus();
}

function clear(root) {
  root.querySelector("#error-summary")?.remove();
  for (const list of root.querySelectorAll(".errorlist")) list.remove();
  for (const field of root.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

function fieldOf(root, problem) {
  if (problem.field === "topic") return root.querySelector("#topic-search");
  const named = [...root.querySelectorAll(`[name="${problem.field}"]:not(button)`)];
  return named.find((element) => element.checked) ?? named[0];
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function mark(field, problem) {
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.id = `problem-${problem.field}`;
  list.append(...problem.reasons.map(line));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", list.id);
  (field.closest(".topic, .pick, .seg") ?? field).after(list);
}

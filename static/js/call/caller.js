// Choosing the caller: arrows move in the list, Enter takes, and nobody is taken by itself. The card and the
// history come from the server; the chosen client's id stands in them as a field of the call form.

const lookup = document.getElementById("caller-lookup");
let takesOnly = false; // Enter came before the answer: the only client that fits is meant
const options = () => [...document.querySelectorAll("#caller-results [role=option]")];

function mark(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) lookup.setAttribute("aria-activedescendant", option.id);
  else lookup.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function choose(client) {
  const caller = document.getElementById("caller");
  window.htmx
    .ajax("POST", caller.dataset.chooseUrl, { target: "#caller", swap: "outerHTML", values: { client } })
    .then(() => document.dispatchEvent(new CustomEvent("call:changed")));
  document.getElementById("caller-results").replaceChildren();
  lookup.setAttribute("aria-expanded", "false");
}

function chooseAndGoOn(option) {
  choose(option.dataset.client);
  document.getElementById("topic-search").focus();
}

lookup.addEventListener("input", () => (takesOnly = false));
lookup.addEventListener("keydown", (event) => {
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!all.length) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(all[(at + step + all.length) % all.length] ?? all[0]);
  } else if (event.key === "Enter" && !event.ctrlKey) {
    event.preventDefault();
    const taken = at >= 0 ? all[at] : all.length === 1 ? all[0] : null;
    if (taken) chooseAndGoOn(taken);
    else takesOnly = !all.length;
  } else if (event.key === "Escape") {
    document.getElementById("caller-results").replaceChildren();
  }
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("#caller-results [role=option]");
  if (option) choose(option.dataset.client);
  if (event.target.closest("[data-detach]")) choose("");
  const follow = event.target.closest("[data-follow-up]");
  if (follow) continueInquiry(follow.dataset.followUp, follow.dataset.number);
});

function continueInquiry(id, number) {
  document.querySelector("#call-form [name=follow_up_of]").value = id;
  const chip = document.querySelector("[data-follow-up-chip]");
  chip.hidden = !id;
  chip.querySelector("[data-follow-up-number]").textContent = number;
  document.dispatchEvent(new CustomEvent("call:changed"));
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "caller-results" || event.target.id === "caller-results") {
    lookup.setAttribute("aria-expanded", String(options().length > 0));
    if (takesOnly && options().length === 1) chooseAndGoOn(options()[0]);
    takesOnly = false;
  }
  if (event.detail.requestConfig?.path.endsWith("/callers/new/")) document.dispatchEvent(new CustomEvent("call:changed"));
});

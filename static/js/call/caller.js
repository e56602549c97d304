// Choosing the caller: arrows move in the list, Enter takes, and nobody is taken by itself. The card and the
// history come from the server; the chosen client's id stands in them as a field of the call form.

import { fetchPart } from "./parts.js";

const BOUND_MS = 50; // by then htmx listens

export class CallerPicker {
  constructor(root) {
    this.root = root;
    this.lookup = root.querySelector("#caller-lookup");
    this.takesOnly = false; // Enter came before the answer: the only client that fits is meant
    this.lookup.addEventListener("input", () => (this.takesOnly = false));
    this.lookup.addEventListener("keydown", (event) => this.onKey(event));
    root.addEventListener("click", (event) => this.onClick(event));
    root.addEventListener("htmx:afterSwap", (event) => this.onSwap(event));
    window.setTimeout(() => this.askForTheEarly(), BOUND_MS);
  }

  /** A quick hand has typed before anything listened. */
  askForTheEarly() {
    const isEarly = document.activeElement === this.lookup && this.lookup.value !== this.lookup.defaultValue;
    if (isEarly && !this.options().length) window.htmx.trigger(this.lookup, "typed-early");
  }

  get results() {
    return this.root.querySelector("#caller-results");
  }

  options() {
    return [...this.results.querySelectorAll("[role=option]")];
  }

  changed() {
    this.root.dispatchEvent(new CustomEvent("draft:changed"));
  }

  mark(option) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
    if (option) this.lookup.setAttribute("aria-activedescendant", option.id);
    else this.lookup.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  async choose(client) {
    const caller = this.root.querySelector("#caller");
    this.results.replaceChildren();
    this.lookup.setAttribute("aria-expanded", "false");
    const part = await fetchPart(caller.dataset.chooseUrl, { client, ...this.known() });
    const card = part?.body.querySelector("#caller");
    if (!card) return;
    this.root.querySelector("#caller").replaceWith(card);
    window.htmx.process(card);
    this.changed();
  }

  /** What tells how far the client is known: the number, and whether this calls back as promised. */
  known() {
    const names = ["caller_lookup", "caller_number", "channel", "follow_up_of"];
    return Object.fromEntries(names.map((name) => [name, this.root.querySelector(`[name=${name}]`).value]));
  }

  chooseAndGoOn(option) {
    this.choose(option.dataset.client);
    this.root.querySelector("#topic-search").focus();
  }

  onKey(event) {
    const all = this.options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!all.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(all[(at + step + all.length) % all.length] ?? all[0]);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      const taken = at >= 0 ? all[at] : all.length === 1 ? all[0] : null;
      if (taken) this.chooseAndGoOn(taken);
      else this.takesOnly = !all.length;
    } else if (event.key === "Escape") {
      this.results.replaceChildren();
    }
  }

  onClick(event) {
    const option = event.target.closest("#caller-results [role=option]");
    if (option) this.choose(option.dataset.client);
    if (event.target.closest("[data-detach]")) this.choose("");
    const follow = event.target.closest("[data-follow-up]");
    if (follow) this.continueInquiry(follow.dataset.followUp, follow.dataset.number);
  }

  continueInquiry(id, number) {
    this.root.querySelector("[name=follow_up_of]").value = id;
    const chip = this.root.querySelector("[data-follow-up-chip]");
    chip.hidden = !id;
    chip.querySelector("[data-follow-up-number]").textContent = number;
    this.changed();
  }

  onSwap(event) {
    if (event.detail.target.id === "caller-results" || event.target.id === "caller-results") {
      const found = this.options();
      this.lookup.setAttribute("aria-expanded", String(found.length > 0));
      if (this.takesOnly && found.length === 1) this.chooseAndGoOn(found[0]);
      this.takesOnly = false;
    }
    if (event.detail.requestConfig?.path.endsWith("/callers/new/")) this.changed();
  }
}

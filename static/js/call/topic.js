// The topic picker: a combobox over the server's search. An empty field offers the favourites, one digit each.
// Answers that come too late are dropped; taking a topic moves on to the notes.

import { fetchJson, fetchPart } from "./parts.js";

const WAIT_MS = 90;

export class TopicPicker {
  constructor(root) {
    this.root = root;
    this.picker = root.querySelector("[data-topic-picker]");
    this.field = root.querySelector("#topic-search");
    this.list = root.querySelector("#topic-list");
    this.count = root.querySelector("#topic-count");
    this.chosen = this.picker.querySelector("[name=topic]");
    this.form = root.querySelector("#call-form");
    this.asked = 0;
    this.wait = 0;
    this.answered = null; // the text that the list now answers
    this.takesFirst = false; // Enter came before the answer: its first topic is meant
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("focus", () => (this.chosen.value ? this.field.select() : this.ask()));
    this.field.addEventListener("blur", () => window.setTimeout(() => this.open(false), 150));
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    if (document.activeElement === this.field && !this.field.value) this.ask(); // it had the focus before this listened
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  options() {
    return [...this.list.children];
  }

  marked() {
    return this.options().find((option) => option.getAttribute("aria-selected") === "true");
  }

  changed() {
    this.root.dispatchEvent(new CustomEvent("draft:changed"));
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.field.removeAttribute("aria-activedescendant");
  }

  mark(option) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return;
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async ask() {
    const mine = ++this.asked;
    const text = this.field.value;
    const told = await fetchJson(this.picker.dataset.url, { text });
    if (!told || mine !== this.asked) return;
    this.list.innerHTML = told.options;
    this.answered = text;
    this.count.textContent = told.count;
    if (this.takesFirst) {
      this.takesFirst = false;
      if (this.list.firstElementChild) this.take(this.list.firstElementChild, false);
      else this.field.setAttribute("aria-invalid", "true");
      return;
    }
    this.open(this.list.children.length > 0 && document.activeElement === this.field);
    if (text) this.mark(this.list.firstElementChild);
  }

  take(option, movesOn = true) {
    this.chosen.value = option.dataset.topic;
    this.field.value = option.dataset.name;
    this.field.removeAttribute("aria-invalid");
    this.asked += 1;
    this.open(false);
    this.count.textContent = "";
    this.changed();
    this.help();
    if (movesOn) this.root.querySelector("#call-question").focus();
  }

  async help() {
    const topic = this.chosen.value;
    const language = this.root.querySelector("[name=language]:checked")?.value ?? "et";
    const part = await fetchPart(`${this.form.dataset.helpUrl.replace("/0/", `/${topic}/`)}?language=${language}`);
    if (!part || topic !== this.chosen.value) return;
    for (const name of ["#first-call", "#topic-help", "#source-choice"]) {
      const anew = part.body.querySelector(name);
      if (!anew) continue;
      this.root.querySelector(name).replaceWith(anew);
      window.htmx.process(anew);
      window.htmx.trigger(anew, "htmx:load");
    }
    this.changed();
  }

  onInput() {
    if (this.chosen.value) {
      this.chosen.value = "";
      this.root.querySelector("#first-call").replaceChildren(); // said of the topic that was chosen
      this.changed();
    }
    window.clearTimeout(this.wait);
    this.wait = window.setTimeout(() => this.ask(), WAIT_MS);
  }

  onKey(event) {
    const all = this.options();
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const favourite = all.find((option) => digit && option.dataset.digit === digit);
    if (favourite && !this.field.value && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      this.take(favourite);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) {
        this.open(all.length > 0);
        return;
      }
      const at = all.indexOf(this.marked());
      this.mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      this.onEnter();
    } else if (event.key === "Escape") {
      this.open(false);
    }
  }

  onEnter() {
    if (this.field.value && !this.chosen.value && this.answered !== this.field.value) {
      // A quick hand: what is typed next belongs to the notes, and the topic comes when it comes.
      window.clearTimeout(this.wait);
      this.takesFirst = true;
      this.ask();
      this.root.querySelector("#call-question").focus();
    } else if (!this.list.hidden && this.marked()) this.take(this.marked());
  }
}

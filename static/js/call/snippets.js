// "/" at the beginning of a word in the notes or the answer offers phrases and sentences of articles: typing
// narrows the list, arrows move, Enter puts the text in. The browser's own undo takes it out again.

import { fetchJson } from "./parts.js";

const FIELDS = "#call-question, #call-answer";
const ASKED_FOR = /(?:^|\s)\/([^\s/]*)$/;
const MOST = 8;
const BLANK = /\{(caller|agent|topic)\}/g;
const STILL_BLANK = /\{[a-z]+\}/;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Snippets {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("#snippets");
    this.count = root.querySelector("#snippets-count");
    this.form = root.querySelector("#call-form");
    this.loaded = new Map(); // by topic and language
    this.found = [];
    this.field = null;
    this.lastField = root.querySelector("#call-answer");
    for (const field of root.querySelectorAll(FIELDS)) {
      field.addEventListener("input", () => this.look(field));
      field.addEventListener("keydown", (event) => this.onKey(event));
      field.addEventListener("focus", () => (this.lastField = field));
      field.addEventListener("blur", () => this.close());
    }
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.put(this.found[Number(option.dataset.place)]);
    });
    root.addEventListener("click", (event) => {
      const text = event.target.closest("[data-put-in]")?.dataset.putIn;
      if (text) this.putAtCaret(text);
    });
  }

  asked(field) {
    const isCaret = field.selectionStart === field.selectionEnd;
    return isCaret ? ASKED_FOR.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null : null;
  }

  async look(field) {
    if (this.asked(field) === null) {
      this.close();
      return;
    }
    const all = await this.load();
    const asked = this.asked(field); // what stands there now
    if (asked === null || document.activeElement !== field) return;
    const wanted = folded(asked);
    const named = all.filter(({ name }) => folded(name).startsWith(wanted));
    const told = all.filter((one) => !named.includes(one) && folded(`${one.name} ${one.text}`).includes(wanted));
    this.found = [...named, ...told].slice(0, MOST);
    this.open(field);
  }

  async load() {
    const topic = this.root.querySelector("[name=topic]").value;
    const language = this.root.querySelector("[name=language]:checked")?.value ?? "et";
    const url = `${this.form.dataset.phrasesUrl}?topic=${topic}&language=${language}`;
    if (!this.loaded.has(url)) {
      const told = await fetchJson(url);
      if (told) this.loaded.set(url, told.snippets);
    }
    return this.loaded.get(url) ?? [];
  }

  open(field) {
    this.field = field;
    this.list.replaceChildren(...this.found.map((snippet, place) => this.row(snippet, place)));
    this.list.hidden = !this.found.length;
    this.count.textContent = this.found.length ? this.list.dataset.saysFound.replace("0", this.found.length) : "";
    field.after(this.list);
    this.mark(0);
  }

  row(snippet, place) {
    const row = document.createElement("li");
    row.setAttribute("role", "option");
    row.id = `snippet-${place}`;
    row.dataset.place = place;
    const name = document.createElement("b");
    name.textContent = snippet.name;
    const text = document.createElement("span");
    text.textContent = snippet.text;
    row.append(name, text);
    return row;
  }

  close() {
    if (!this.field) return;
    this.list.hidden = true;
    this.count.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
    this.field = null;
  }

  mark(place) {
    this.marked = place;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === place)));
    const row = this.list.children[place];
    if (!row) return;
    this.field.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (!this.field || this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark((this.marked + step + this.found.length) % this.found.length);
    else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") this.put(this.found[this.marked]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  put(snippet) {
    const { field } = this;
    const end = field.selectionStart;
    field.setSelectionRange(end - this.asked(field).length - 1, end);
    this.close();
    this.write(field, snippet.text);
  }

  putAtCaret(text) {
    const field = this.lastField;
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    this.write(field, before && !/\s$/.test(before) ? ` ${text}` : text);
  }

  write(field, text) {
    const filled = this.filled(text);
    // The one way of writing into a field that the browser's own undo knows.
    if (!document.execCommand("insertText", false, filled)) {
      field.setRangeText(filled, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    const blank = STILL_BLANK.exec(filled);
    if (!blank) return;
    const start = field.selectionStart - filled.length + blank.index;
    field.setSelectionRange(start, start + blank[0].length); // what is typed next fills it
  }

  filled(text) {
    const known = {
      caller: this.root.querySelector("[data-client-name]")?.textContent.trim(),
      agent: this.form.dataset.agent,
      topic: this.root.querySelector("[name=topic]").value && this.root.querySelector("#topic-search").value,
    };
    return text.replace(BLANK, (blank, name) => known[name] || blank);
  }
}

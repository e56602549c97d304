/**
 * <reply-picker data-url="…" data-field="id_text">: canned replies for a text field. Its button opens a search;
 * words narrow, arrows move, Enter puts the reply in where the caret stands, Escape goes back to the text. What
 * was typed stays, and the browser's own undo takes a reply out again. Without this module a select and a button
 * do the same by loading the form anew.
 */

import { fetchJson } from "./call/parts.js";

const MOST = 30;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class ReplyPicker extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-plain]").remove();
    this.querySelector("[data-picker]").hidden = false;
    this.button = this.querySelector("[data-open]");
    this.find = this.querySelector("[data-find]");
    this.word = this.querySelector("[data-word]");
    this.list = this.querySelector("[role=listbox]");
    this.told = this.querySelector("[data-told]");
    this.field = document.getElementById(this.dataset.field);
    this.field.addEventListener("focus", () => (this.hasCaret = true), { once: true });
    this.button.addEventListener("click", () => (this.find.hidden ? this.open() : this.close()));
    this.word.addEventListener("input", () => this.look());
    this.word.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.put(this.found[[...this.list.children].indexOf(row)]);
    });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.contains(relatedTarget)) this.hide();
    });
  }

  async open() {
    const fold = this.closest("details");
    if (fold) fold.open = true;
    this.find.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.word.value = "";
    this.word.focus();
    this.replies ??= (await fetchJson(this.dataset.url))?.replies;
    this.look();
  }

  hide() {
    this.find.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.list.replaceChildren();
  }

  close() {
    this.hide();
    this.field.focus();
  }

  look() {
    const words = folded(this.word.value).split(/\s+/).filter(Boolean);
    const fits = ({ name, text }) => words.every((word) => folded(`${name} ${text}`).includes(word));
    this.found = (this.replies ?? []).filter(fits).slice(0, MOST);
    this.list.replaceChildren(...this.found.map((reply, place) => this.row(reply, place)));
    this.told.textContent = this.found.length ? this.dataset.saysFound.replace("0", this.found.length) : this.dataset.saysNone;
    this.mark(0);
  }

  row({ name, language, text }, place) {
    const row = document.createElement("li");
    row.setAttribute("role", "option");
    row.id = `${this.list.id}-${place}`;
    const title = document.createElement("b");
    title.textContent = language ? `${name} (${language})` : name;
    const words = document.createElement("span");
    words.textContent = text;
    row.append(title, words);
    return row;
  }

  mark(place) {
    this.marked = place;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === place)));
    const row = this.list.children[place];
    if (row) this.word.setAttribute("aria-activedescendant", row.id);
    else this.word.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found?.length) this.mark((this.marked + step + this.found.length) % this.found.length);
    else if (event.key === "Enter") this.put(this.found?.[this.marked]);
    else if (event.key === "Escape") this.close();
    else if (!step) return;
    event.preventDefault();
    event.stopPropagation();
  }

  put(reply) {
    if (!reply) return;
    this.close();
    const { field } = this;
    // Nobody has been in the text yet: after what stands there.
    if (!this.hasCaret) field.setSelectionRange(field.value.length, field.value.length);
    this.hasCaret = true;
    const before = field.value.slice(0, field.selectionStart);
    const text = before && !/\s$/.test(before) ? `\n\n${reply.text}` : reply.text;
    // The one way of writing into a field that the browser's own undo knows.
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }
}

customElements.define("reply-picker", ReplyPicker);

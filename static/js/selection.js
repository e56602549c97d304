/**
 * <row-selection data-words="chosen:">: rows of a list chosen by checkbox. It says how many are, lets
 * [data-all] choose the page, arrows go from row to row, and Shift choose all in between.
 * Without it the checkboxes work one by one.
 */

const BOX = "tbody input[type=checkbox]";

class RowSelection extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.all?.removeAttribute("hidden");
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.addEventListener("change", (event) => this.changed(event.target), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("keydown", (event) => this.pressed(event), { signal });
    this.tell();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  get boxes() {
    return [...this.querySelectorAll(BOX)];
  }

  changed(target) {
    if (target === this.all) for (const box of this.boxes) box.checked = this.all.checked;
    this.tell();
  }

  clicked(event) {
    if (!event.target.matches(BOX)) return;
    const boxes = this.boxes;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) {
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    this.last = event.target;
    this.tell();
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(BOX)) return;
    const boxes = this.boxes;
    const next = boxes[boxes.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  tell() {
    const boxes = this.boxes;
    const chosen = boxes.filter((box) => box.checked).length;
    const told = this.querySelector("[data-chosen]");
    if (told) told.textContent = chosen ? `${this.dataset.words} ${chosen}` : "";
    if (!this.all) return;
    this.all.checked = chosen > 0 && chosen === boxes.length;
    this.all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

customElements.define("row-selection", RowSelection);

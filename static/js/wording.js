// The names that a wording may say, beside its text: pressing one puts it where the caret stands.
// Without this module they are a list to read.

const GAP = "…"; // where the text chosen goes, between the words of a condition

class WordingNames extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.field);
    this.field.addEventListener("focus", () => (this.hasCaret = true), { once: true });
    this.querySelectorAll("code").forEach((code) => code.replaceWith(this.button(code)));
    this.querySelector("[data-how]").hidden = false;
  }

  button(code) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-s name";
    button.append(code.cloneNode(true));
    button.addEventListener("click", () => this.putIn(code.textContent));
    return button;
  }

  putIn(name) {
    const { field } = this;
    // Nobody has been in the text yet: its end, not the line above its title.
    if (!this.hasCaret) field.setSelectionRange(field.value.length, field.value.length);
    field.focus();
    const start = field.selectionStart;
    const chosen = field.value.slice(start, field.selectionEnd);
    const gap = name.indexOf(GAP);
    const text = gap < 0 ? name : name.replace(GAP, () => chosen);
    // The one way of writing into a field that the browser's own undo knows.
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, field.selectionEnd, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    if (gap >= 0) field.setSelectionRange(start + gap, start + gap + chosen.length);
  }
}

customElements.define("wording-names", WordingNames);

/**
 * <live-region data-about="documents.accesscase:12 …" data-kinds="case-changed …">: a part of the page
 * that asks the server for itself anew (hx-trigger="refresh") when word comes that one of its records
 * has changed. data-about="*": whichever record it is. What somebody has typed, chosen or opened in it
 * stays, and so does the focus.
 */

class LiveRegion extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const about = new Set((this.dataset.about ?? "").split(" "));
    const refresh = () => window.htmx?.trigger(this, "refresh");
    for (const kind of (this.dataset.kinds ?? "").split(" ").filter(Boolean)) {
      document.addEventListener(`live:${kind}`, ({ detail }) => {
        if (about.has("*") || about.has(`${detail.type}:${detail.id}`)) refresh();
      }, { signal });
    }
    document.addEventListener("live:resync", refresh, { signal });
  }

  disconnectedCallback() {
    this.leaving.abort();
  }
}

const STOPS = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex]";
const placeOf = (form) => form?.getAttribute("action") ?? "";

/** By what a thing is known again in a part that was drawn anew. */
function nameOf(element) {
  if (element.matches("summary, details")) {
    const words = element.closest("details").querySelector("summary").textContent.trim();
    return JSON.stringify(["fold", element.closest("section, li, form")?.id, placeOf(element.closest("details").querySelector("form")), words]);
  }
  const { id, name, value, type } = element;
  if (element.form) return JSON.stringify([placeOf(element.form), name, id, ["radio", "checkbox", "submit"].includes(type) ? value : ""]);
  return JSON.stringify([id, element.getAttribute("href"), element.getAttribute("formaction")]);
}

const isChanged = (field) => {
  if (field.type === "file") return field.files.length > 0;
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
};

const fieldsOf = (region) => [...region.querySelectorAll("input:not([type=hidden]), select, textarea")];

function noted(region) {
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  return {
    fields: new Map(fieldsOf(region).filter(isChanged).map((field) => [nameOf(field), field])),
    folds: new Map([...region.querySelectorAll("details")].map((fold) => [nameOf(fold), fold.open])),
    focus: focused && nameOf(focused),
    caret: typeof focused?.selectionStart === "number" ? [focused.selectionStart, focused.selectionEnd] : null,
  };
}

function putBack(region, { fields, folds, focus, caret }) {
  for (const field of fieldsOf(region)) {
    const typed = fields.get(nameOf(field));
    if (!typed) continue;
    if (field.type === "file") field.files = typed.files;
    else if (["radio", "checkbox"].includes(field.type)) field.checked = typed.checked;
    else field.value = typed.value;
  }
  for (const fold of region.querySelectorAll("details")) fold.open = folds.get(nameOf(fold)) ?? fold.open;
  if (!focus || (document.activeElement !== document.body && document.activeElement !== region)) return;
  const stop = [...region.querySelectorAll(STOPS)].find((element) => nameOf(element) === focus);
  if (!stop) region.tabIndex = -1; // what had the focus is gone: go on from here
  (stop ?? region).focus({ preventScroll: true });
  if (stop && caret) stop.setSelectionRange(...caret);
}

const regions = new Map();

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && detail.target.localName === "live-region") regions.set(detail.target.id, noted(detail.target));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, before] of regions) {
    const region = document.getElementById(id);
    if (region) putBack(region, before);
  }
  regions.clear();
});

customElements.define("live-region", LiveRegion);

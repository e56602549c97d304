/**
 * <live-region data-about="documents.accesscase:12 …" data-kinds="case-changed …">: a part of the page
 * that asks the server for itself anew (hx-trigger="refresh") when word comes that one of its records
 * has changed. data-about="*": whichever record it is.
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

customElements.define("live-region", LiveRegion);

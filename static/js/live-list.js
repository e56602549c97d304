/**
 * <live-list data-kinds="ticket-changed" data-type="tickets.ticket" data-changed-url="…" data-target="results">: a
 * list or a board that hears of changes. The server is asked how many of them concern it. With nobody's hand on
 * it, it is drawn anew where it stands; while a row is chosen, the focus or the pointer is in it, or something in
 * it is open, a bar says how many have changed, and the reader shows them. Without this module the page is loaded
 * anew as ever.
 */

const PAUSE_MS = 1_000;
const AT_MOST_EVERY_MS = 5_000;

class LiveList extends HTMLElement {
  connectedCallback() {
    this.changed = new Set();
    this.askedAt = 0;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    for (const kind of this.dataset.kinds.split(" ")) {
      document.addEventListener(`live:${kind}`, ({ detail }) => {
        if (detail.type !== this.dataset.type) return;
        this.changed.add(String(detail.id));
        this.soon();
      }, { signal });
    }
    document.addEventListener("live:resync", () => this.ids().forEach((id) => this.changed.add(id)) || this.soon(), { signal });
    document.addEventListener("visibilitychange", () => this.changed.size && !this.isTold && this.soon(), { signal });
    document.addEventListener("htmx:afterSettle", ({ detail }) => {
      if (detail.target?.id === this.dataset.target) this.forget(); // the reader turned a page or took another list
    }, { signal });
    this.addEventListener("click", (event) => event.target.closest("[data-show]") && this.draw(), { signal });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.leaving.abort();
  }

  get part() {
    return document.getElementById(this.dataset.target);
  }

  ids() {
    return [...this.part.querySelectorAll("[data-id]")].map((row) => row.dataset.id);
  }

  soon() {
    if (document.hidden || this.timer) return;
    const wait = Math.max(PAUSE_MS, this.askedAt + AT_MOST_EVERY_MS - Date.now());
    this.timer = setTimeout(() => this.ask(), wait * (1 + Math.random() / 4));
  }

  async ask() {
    this.timer = 0;
    if (!this.changed.size || document.hidden) return;
    this.askedAt = Date.now();
    const known = this.changed.size;
    const url = new URL(this.dataset.changedUrl, location.href);
    url.search = location.search;
    url.searchParams.delete("cursor");
    url.searchParams.set("changed", [...this.changed].join(","));
    url.searchParams.set("shown", this.ids().filter((id) => this.changed.has(id)).join(","));
    const answer = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    if (answer.status === 204) this.forget();
    else if (this.isInHand) this.tell(await answer.text());
    else this.draw();
    if (this.changed.size > known) this.soon();
  }

  /** Whether drawing it anew would take away what somebody is about to press, has chosen or has opened. */
  get isInHand() {
    const { part } = this;
    return (
      part.contains(document.activeElement) ||
      part.matches(":hover") ||
      part.querySelector("input:checked, details[open]") !== null ||
      document.querySelector("dialog[open]") !== null
    );
  }

  tell(bar) {
    this.isTold = true;
    const place = this.querySelector("[data-bar]");
    const drawn = new DOMParser().parseFromString(bar, "text/html").body;
    const said = place.querySelector("span");
    if (said) said.textContent = drawn.querySelector("span").textContent; // the button keeps its focus
    else place.replaceChildren(...drawn.childNodes);
  }

  forget() {
    this.changed.clear();
    this.isTold = false;
    this.querySelector("[data-bar]").replaceChildren();
  }

  async draw() {
    const before = this.noted();
    this.forget();
    await window.htmx.ajax("GET", location.href, { source: this, target: `#${this.dataset.target}`, swap: "outerHTML", select: `#${this.dataset.target}` });
    this.putBack(before);
  }

  noted() {
    const { part } = this;
    return {
      chosen: new Set([...part.querySelectorAll("[data-id] input:checked")].map((box) => box.closest("[data-id]").dataset.id)),
      across: [...part.querySelectorAll(".scroll-x")].map((box) => box.scrollLeft),
      down: window.scrollY,
      wasHere: this.contains(document.activeElement),
    };
  }

  putBack({ chosen, across, down, wasHere }) {
    const { part } = this;
    for (const id of chosen) {
      const box = part.querySelector(`[data-id="${CSS.escape(id)}"] input[type=checkbox]`);
      if (box) box.checked = true;
    }
    part.querySelector("row-selection")?.tell();
    [...part.querySelectorAll(".scroll-x")].forEach((box, place) => (box.scrollLeft = across[place] ?? 0));
    window.scrollTo({ top: down, behavior: "instant" });
    if (!wasHere || this.contains(document.activeElement)) return;
    part.tabIndex = -1; // the bar that was pressed is gone: go on at the list
    part.focus({ preventScroll: true });
  }
}

customElements.define("live-list", LiveList);

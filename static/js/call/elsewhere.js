// Whether another window of this browser has the same draft open, and since when.

const ME = crypto.randomUUID();

export class Elsewhere {
  constructor(windows) {
    this.windows = windows;
    this.others = new Map(); // of the draft in front: since when, by window
    windows.addEventListener("message", ({ data }) => this.hear(data));
    window.addEventListener("pagehide", () => windows.postMessage({ kind: "open", who: ME, key: "" }));
  }

  /** The draft has come to the front here. */
  tell(draft) {
    this.draft = draft;
    this.since = Date.now();
    this.others.clear();
    this.draw();
    this.windows.postMessage({ kind: "open", who: ME, key: draft.key, since: this.since, asks: true });
  }

  hear({ kind, who, key, since, asks }) {
    if (kind !== "open" || !this.draft) return;
    if (key === this.draft.key) this.others.set(who, since);
    else this.others.delete(who);
    this.draw();
    const answer = { kind: "open", who: ME, key: this.draft.key, since: this.since };
    if (asks && key === this.draft.key) this.windows.postMessage(answer);
  }

  draw() {
    const line = this.draft.querySelector("[data-elsewhere]");
    line.hidden = !this.others.size;
    if (line.hidden) return;
    const first = new Date(Math.min(...this.others.values()));
    line.querySelector("time").textContent = first.toTimeString().slice(0, 5);
  }
}

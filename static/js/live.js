/**
 * <live-events data-url="…" data-audience="user id">: word from the server that something changed.
 *
 * One connection per browser: the tab that holds a Web Lock listens and passes everything on to the
 * others by BroadcastChannel. Each tab dispatches `live:<kind>` on the document, with the detail
 * {type, id}; ask the server for the rest. `live:resync` says that too much was missed: look anew.
 */

const SILENCE_MS = 40_000; // the server beats every 15 s
const LONGEST_WAIT_MS = 30_000;
const REMEMBERED = 500;

class LiveEvents extends HTMLElement {
  connectedCallback() {
    const name = `live-events:${this.dataset.audience}`;
    this.heard = new Set();
    this.since = "";
    this.channel = new BroadcastChannel(name);
    this.channel.addEventListener("message", (message) => this.hear(message.data));
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    addEventListener("pagehide", () => this.stop(), { signal });
    if (navigator.locks) {
      const lead = () => new Promise((release) => {
        this.release = release;
        this.listen();
      });
      navigator.locks.request(name, { signal }, lead).catch(() => {});
    } else {
      this.listen(); // not a secure context: each tab for itself
    }
  }

  disconnectedCallback() {
    this.stop();
  }

  stop() {
    addEventListener("pageshow", () => this.isConnected && this.connectedCallback(), { once: true });
    this.leaving.abort();
    this.close();
    this.channel.close();
    this.release?.();
  }

  close() {
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  listen(wait = 1_000) {
    this.close();
    if (this.leaving.signal.aborted) return;
    const url = new URL(this.dataset.url, location.href);
    if (this.since) url.searchParams.set("since", this.since);
    const source = new EventSource(url, { withCredentials: true });
    this.source = source;
    const lost = () => {
      this.close();
      this.retry = setTimeout(
        () => this.listen(Math.min(wait * 2, LONGEST_WAIT_MS)),
        wait * (0.5 + Math.random()),
      );
    };
    const alive = () => {
      wait = 1_000;
      clearTimeout(this.silence);
      this.silence = setTimeout(lost, SILENCE_MS);
    };
    alive();
    source.addEventListener("error", lost);
    source.addEventListener("beat", (event) => {
      alive();
      this.pass({ since: event.lastEventId });
    });
    source.addEventListener("message", (event) => {
      alive();
      this.pass({ since: event.lastEventId, ...JSON.parse(event.data) });
    });
  }

  pass(word) {
    this.channel.postMessage(word);
    this.hear(word);
  }

  hear({ since, kind, type, id, event }) {
    this.since = since;
    if (!kind || this.heard.has(event)) return;
    if (event) this.heard.add(event);
    if (this.heard.size > REMEMBERED) this.heard.delete(this.heard.values().next().value);
    document.dispatchEvent(new CustomEvent(`live:${kind}`, { detail: { type, id } }));
  }
}

customElements.define("live-events", LiveEvents);

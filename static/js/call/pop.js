/**
 * <call-pop data-url="…" data-says="… calls">: who is on the phone that rings, on whatever page one is.
 *
 * It asks the server at its load and whenever word of a call comes, and draws the answer beside the page.
 * It never takes the focus by itself and nothing on the page moves for it. Alt+V goes to it: where the number
 * is several clients', a digit chooses; Escape leads back to where one was typing.
 */

import { ownHeaders } from "../requests.js";

const FORM_TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g; // another one in each answer

class CallPop extends HTMLElement {
  connectedCallback() {
    this.asked = 0;
    this.drawn = "";
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    this.box = document.createElement("div");
    this.box.className = "pops";
    this.replaceChildren(this.said, this.box);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    for (const word of ["live:phone-call", "live:draft-arrived", "live:draft-left", "live:resync", "draft:opened"]) {
      document.addEventListener(word, () => this.refresh(), { signal });
    }
    document.addEventListener("visibilitychange", () => this.isStale && this.refresh(), { signal });
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.refresh();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  async refresh() {
    this.isStale = document.hidden;
    if (this.isStale) return;
    this.asked += 1;
    const turn = this.asked;
    try {
      const answer = await fetch(this.dataset.url, { headers: { "HX-Request": "true" }, signal: this.leaving.signal });
      if (!answer.ok || answer.redirected) return;
      const text = await answer.text();
      if (turn === this.asked) this.draw(text);
    } catch {
      // The server is away, or the page is being left: the next word of a call asks again.
    }
  }

  draw(text) {
    const told = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
    if (!told) return;
    this.endClock(told.dataset.ended.split(" "));
    // On the call screen a contact that comes from a colleague is a tab already.
    if (document.getElementById("call-stage")) told.querySelectorAll("[data-arrived]").forEach((one) => one.remove());
    const drawn = told.innerHTML.replace(FORM_TOKEN, "");
    if (drawn === this.drawn) return;
    const had = this.box.contains(document.activeElement);
    this.drawn = drawn;
    const known = new Set([...this.box.querySelectorAll("[data-call]")].map((pop) => pop.dataset.call));
    this.box.replaceChildren(...told.children);
    const fresh = [...this.box.querySelectorAll("[data-call]")].filter((pop) => !known.has(pop.dataset.call));
    this.said.textContent = fresh.map((pop) => this.words(pop)).join(". ");
    if (had) (this.box.querySelector(".pop-matches, [data-keys]") ?? this.cameFrom)?.focus();
  }

  words(pop) {
    const says = "arrived" in pop.dataset ? "" : this.dataset.says;
    return `${says} ${pop.querySelector("h2").textContent.trim()}`.trim();
  }

  endClock(keys) {
    // The exchange says that the call is over: the clock of its page goes on to the wrap-up.
    const key = document.getElementById("call-form")?.dataset.key;
    if (key && keys.includes(key)) document.querySelector("[data-end-call]:not([disabled])")?.click();
  }

  async clicked(event) {
    if (event.target.closest("[data-choose]")) {
      event.target.closest("form").querySelector(".pop-matches").focus();
      return;
    }
    const open = event.target.closest("[data-open]");
    if (open) {
      const form = open.closest("form");
      form.elements.client.value = open.dataset.open;
      form.requestSubmit(); // on the call screen it opens as a tab
      return;
    }
    const away = event.target.closest("[data-put-away]");
    if (!away) return;
    away.closest("[data-call]").remove();
    this.drawn = "";
    this.cameFrom?.focus();
    await fetch(away.dataset.putAway, { method: "POST", headers: { ...ownHeaders(), "HX-Request": "true" } }).catch(() => {});
    this.refresh();
  }

  pressed(event) {
    if (event.key === "Escape") {
      this.cameFrom?.focus();
      return;
    }
    const list = event.target.closest(".pop-matches");
    if (!list || event.altKey || event.ctrlKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(event.target.closest("button"));
    if (digit) {
      event.preventDefault();
      list.querySelector(`[data-digit="${digit}"]`)?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      buttons[(at < 0 ? (step > 0 ? 0 : buttons.length - 1) : at + step + buttons.length) % buttons.length].focus();
    }
  }
}

customElements.define("call-pop", CallPop);

// Where one was before going to the pop, so that Escape leads back.
document.addEventListener("focusout", (event) => {
  const pop = document.querySelector("call-pop");
  if (pop && !pop.contains(event.target)) pop.cameFrom = event.target;
});

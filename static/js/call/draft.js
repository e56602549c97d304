/**
 * <call-draft data-key="…">: all that belongs to one draft: its clock, caller, form and help. Only the draft
 * in front is in the document; the others wait outside it with everything that stood in them.
 */

import { CallerPicker } from "./caller.js";
import { CallForm } from "./form.js";
import { Snippets } from "./snippets.js";
import { CallTimer, pageAnsweredAt } from "./timer.js";
import { TopicPicker } from "./topic.js";

const TEXT_FIELDS = "textarea, input:not([type=radio], [type=checkbox], [type=hidden], [type=date], [type=datetime-local])";

class CallDraft extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.timer = new CallTimer(this, this.loadedAt ?? pageAnsweredAt());
    this.caller = new CallerPicker(this);
    this.topic = new TopicPicker(this);
    this.snippets = new Snippets(this);
    this.form = new CallForm(this);
  }

  get key() {
    return this.dataset.key;
  }

  get isStarted() {
    return Boolean(this.form);
  }

  /** Remember caret, scroll and what stands in the fields, and leave the document. */
  putAside() {
    const fields = [...this.querySelectorAll(TEXT_FIELDS)];
    this.place = {
      focused: this.contains(document.activeElement) ? document.activeElement : null,
      fields: fields.map((field) => [field, field.selectionStart, field.selectionEnd, field.scrollTop]),
      scroll: window.scrollY,
    };
    this.form.putAside();
    this.remove();
  }

  /** Stand in the document again, as it was left. */
  bringBack(stage) {
    stage.append(this);
    if (!this.place) {
      window.htmx.process(this);
      window.htmx.trigger(this, "htmx:load");
      const field = this.querySelector("[name=topic]").value ? "#call-question" : "#caller-lookup";
      this.querySelector(field).focus();
      return;
    }
    this.form.bringBack();
    for (const [field, start, end, scrolled] of this.place.fields) {
      if (start !== null) field.setSelectionRange(start, end);
      field.scrollTop = scrolled;
    }
    this.place.focused?.focus({ preventScroll: true });
    window.scrollTo(0, this.place.scroll);
    this.form.askNow();
    window.htmx.trigger(this, "htmx:load"); // for what stands outside it and looks at the draft in front
  }

  /** Who or what the draft is about, for its tab. */
  get name() {
    const text = (selector) => this.querySelector(selector)?.textContent.trim();
    const value = (selector) => this.querySelector(selector)?.value.trim();
    return text("[data-client-name]") || value("#caller-lookup") || value("[name=caller_number]") || value("#topic-search") || "";
  }

  stop() {
    this.form?.stop();
    this.timer?.stop();
  }
}

customElements.define("call-draft", CallDraft);

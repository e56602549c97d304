// The call form keeps itself: every keystroke in this browser at once, on the server within two seconds of a
// pause and ten while typing on. What the server cannot take now is sent again until it does, ever more seldom;
// what it refuses is said and waits for the person. A finish that did not get through waits in line. The draft's
// key makes all of it safe to repeat. A form whose tab is not in front is out of the document: it goes on saving
// what stood in it when it was put aside.

import { hideOutage, showOutage, showSignedOut } from "../requests.js";
import { bothTexts, lastWords } from "./decisions.js";
import { post } from "./post.js";
import { showProblems } from "./problems.js";
import { SavedWords } from "./saved_words.js";
import { dropLocal, readLocal, writeLocal } from "./store.js";

const PAUSE_MS = 1500;
const AT_LATEST_MS = 8000;
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15000];
const SLOW_MS = 800; // a save that takes longer is spoken of
const ATTEMPTS_KEPT = 60;

export class CallForm {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("#call-form");
    const { key, user, version } = this.form.dataset;
    Object.assign(this, { key, user });
    this.words = new SavedWords(this.form);
    this.version = version ? Number(version) : null;
    this.typedAt = 0; // counts changes, so that a save knows whether more was typed while it was under way
    this.savedUpTo = 0;
    this.underWay = null; // the question to the server that waits for its answer
    this.isFinishing = false;
    this.finishesWith = {}; // what the button that finishes says, such as the outcome
    this.isOver = false; // the draft has become an inquiry: nothing is kept any more
    this.hasEnded = false;
    this.attempts = []; // names of what was sent and may have arrived, though no answer came back
    this.failures = 0;
    this.isRefused = false;
    this.aside = null; // what stood in the form when its tab was put aside
    this.leaving = new AbortController();
    this.listen();
    this.takeBack();
    const early = document.activeElement; // in which something may have been typed before this ran
    if (this.version === null && !this.underWay) this.save();
    else if (early?.form === this.form && early.value !== early.defaultValue) this.changed();
    else if (!this.underWay) this.say(this.form.dataset.saysSaved);
  }

  listen() {
    const { signal } = this.leaving;
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    for (const kind of ["input", "change"]) {
      this.root.addEventListener(kind, (event) => event.target.form === this.form && this.changed());
    }
    this.root.addEventListener("draft:changed", () => this.changed());
    this.root.addEventListener("draft:ended", () => {
      this.hasEnded = true;
      this.changed();
    });
    // Said by other parts of the page about the draft in front.
    document.addEventListener("call:changed", () => this.root.isConnected && this.changed(), { signal });
    // A server that answers, though not as it should, is asked again by the clock alone.
    document.addEventListener("server:back", () => this.isCutOff && this.goOn(), { signal });
    window.addEventListener("focus", () => this.goOn(), { signal });
    window.addEventListener("pagehide", () => this.sayFarewell(), { signal });
  }

  stop() {
    this.isOver = true;
    this.leaving.abort();
    this.words.stop();
    for (const timer of [this.pause, this.latest, this.retry]) window.clearTimeout(timer);
  }

  // Fields beside the form element belong to it only while they are in the document.
  putAside() {
    this.aside = this.typed();
    if (this.isDirty) this.save(); // its tab is listed by what the server has
  }

  bringBack() {
    this.aside = null;
    if (this.hasChangedAside) this.changed();
    this.hasChangedAside = false;
  }

  /** What could not be asked while the tab was aside. */
  askNow() {
    this.asks?.();
    this.asks = null;
  }

  get isDirty() {
    return !this.isOver && (this.typedAt !== this.savedUpTo || this.isFinishing || this.failures > 0 || this.isRefused);
  }

  typed() {
    if (this.aside) return { ...this.aside, ...this.finishesWith };
    const fields = Object.fromEntries(new FormData(this.form));
    delete fields.csrfmiddlewaretoken;
    return { ...fields, ...this.finishesWith };
  }

  say(text, time) {
    this.words.say(text, time);
  }

  keepHere() {
    if (this.isOver) return;
    writeLocal(this.user, this.key, {
      typed: this.typed(),
      version: this.version,
      attempts: this.attempts,
      isFinishing: this.isFinishing,
      finishesWith: this.finishesWith,
      ended: this.hasEnded,
    });
  }

  changed() {
    if (this.isOver) return;
    if (this.aside) {
      this.hasChangedAside = true; // an answer came after the tab was put aside; read when it is in front again
      return;
    }
    this.typedAt += 1;
    this.keepHere();
    this.saveSoon();
  }

  saveSoon() {
    if (this.failures) return; // the next try is due already
    window.clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.save(), PAUSE_MS);
    this.latest ||= window.setTimeout(() => this.save(), AT_LATEST_MS);
  }

  goOn() {
    if (this.isFinishing) this.finish();
    else if (this.failures || this.isRefused) this.save();
  }

  sayFarewell() {
    // The page goes: what was typed in the last second is sent without waiting for the answer.
    if (!this.isDirty || this.isFinishing || this.underWay) return;
    this.send(this.form.dataset.saveUrl, {}, { keepalive: true });
  }

  /** Ask the server, one question at a time. What is sent has a name, by which the server knows it again. */
  send(url, more = {}, options = {}) {
    this.attempts.push(Math.random().toString(36).slice(2, 12));
    // What got through before the cable broke, and when it was mended: the middle is the least likely.
    if (this.attempts.length > ATTEMPTS_KEPT) this.attempts.splice(ATTEMPTS_KEPT / 2, 1);
    this.keepHere();
    const { attempts, version, user, hasEnded: ended } = this;
    this.underWay = post(url, { version, attempts, user, ended, typed: this.typed(), ...more }, options);
    return this.underWay.finally(() => (this.underWay = null));
  }

  /** What was typed last is on the server too, before the draft is put away; it can be brought back from there. */
  async saveNow() {
    while (this.underWay) await this.underWay;
    await this.save();
  }

  /** What is sent now takes along all that the next save would. */
  needNoSave() {
    window.clearTimeout(this.pause);
    window.clearTimeout(this.latest);
    this.latest = 0;
  }

  async save() {
    this.needNoSave();
    if (this.underWay || this.isFinishing || this.isOver) return;
    const upTo = this.typedAt;
    const slow = window.setTimeout(() => this.say(this.form.dataset.saysSaving), SLOW_MS);
    const answer = await this.send(this.form.dataset.saveUrl);
    window.clearTimeout(slow);
    if (answer.kind === "done") this.saved(answer.told, upTo);
    if (this.isFinishing) this.finish();
    else if (answer.kind !== "done") this.notTaken(answer, "save");
  }

  saved(told, upTo) {
    this.answered();
    const isFirst = this.version === null;
    this.version = told.version;
    this.savedUpTo = upTo;
    if (!this.isFinishing) this.say(this.form.dataset.saysSaved, told.saved_at);
    if (this.typedAt === upTo && !this.isFinishing) dropLocal(this.user, this.key);
    else {
      this.keepHere();
      this.saveSoon();
    }
    document.dispatchEvent(new CustomEvent("draft:saved", { detail: { root: this.root, isFirst } }));
  }

  answered() {
    this.reached();
    this.attempts = [];
    this.isRefused = false;
  }

  /** The server is there and knows who asks, whatever it says. */
  reached() {
    hideOutage();
    document.getElementById("signed-out")?.setAttribute("hidden", "");
    window.clearTimeout(this.retry);
    this.failures = 0;
  }

  /** What becomes of a save or a finish that the server did not take. */
  notTaken(answer, how) {
    const { saysLocal, saysQueued, saysSignedOut } = this.form.dataset;
    if (answer.kind === "conflict") this.conflict(answer.told);
    else if (answer.kind === "gone") this.gone(answer.told);
    else if (answer.kind === "refused" || answer.kind === "incomplete") this.refused(answer.status);
    else if (answer.kind === "signed-out") {
      showSignedOut();
      this.tryAgain(how, saysSignedOut);
    } else {
      if (answer.kind === "away") showOutage();
      this.isCutOff = answer.kind === "away" && !answer.status;
      this.tryAgain(how, this.isFinishing ? saysQueued : saysLocal);
    }
  }

  tryAgain(how, words) {
    this.say(words);
    window.clearTimeout(this.retry);
    const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.retry = window.setTimeout(() => this[how](), wait);
    this.failures += 1;
  }

  /** The same again would be refused again: it waits for the person to write on, or to come back. */
  refused(status) {
    this.reached();
    this.isRefused = true;
    this.stopFinishing();
    this.say(`${this.form.dataset.saysLocal}: ${this.form.dataset[`saysRefused-${status}`]}`);
    this.keepHere();
  }

  stopFinishing() {
    this.isFinishing = false;
    this.finishesWith = {};
  }

  /** Another window has saved this draft: both texts are shown, and the person says which one stands. */
  conflict(told) {
    this.reached();
    this.stopFinishing();
    this.keepHere();
    if (!this.root.isConnected) {
      this.asks = () => this.conflict(told); // asked when the tab is in front again
      return;
    }
    bothTexts(this.root, told, {
      keepMine: () => {
        this.version = told.version;
        this.save();
      },
      takeTheirs: () => {
        this.isOver = true;
        dropLocal(this.user, this.key);
        location.reload();
      },
    });
  }

  /** It is not open here any more. What was written here since is shown once more. */
  gone(told) {
    const leave = () => this.over({ go_to: this.form.dataset.pageUrl });
    const { question, answer } = this.typed();
    const written = [question, answer].filter(Boolean).join("\n\n");
    this.stop();
    if (!written || this.typedAt === this.savedUpTo) leave();
    else if (this.root.isConnected) lastWords(this.root, told, written, leave);
    else this.asks = () => lastWords(this.root, told, written, leave);
  }

  over(told) {
    this.stop();
    dropLocal(this.user, this.key);
    document.dispatchEvent(new CustomEvent("draft:over", { detail: { root: this.root, told } }));
  }

  onSubmit(event) {
    if (event.submitter?.form !== this.form) return;
    event.preventDefault();
    const { name, value } = event.submitter;
    this.finish(name ? { [name]: value } : {});
  }

  async finish(finishesWith = this.finishesWith) {
    if (this.isOver) return;
    this.isFinishing = true;
    this.finishesWith = finishesWith;
    this.keepHere();
    if (this.underWay) return; // the save under way comes back here
    this.needNoSave(); // which would say over a refusal that all is well
    this.say(this.form.dataset.saysSaving);
    const answer = await this.send(this.form.action);
    if (answer.kind === "done") {
      this.answered();
      this.over(answer.told);
    } else if (answer.kind === "incomplete") this.incomplete(answer.told);
    else this.notTaken(answer, "finish");
  }

  /** It goes on with a colleague. Nothing waits in line: what is refused is said where it was asked. */
  async pass(url, more) {
    while (this.underWay) await this.underWay;
    const upTo = this.typedAt;
    const answer = await this.send(url, more);
    if (answer.kind === "done") {
      this.answered();
      this.over(answer.told);
    } else if (answer.kind === "incomplete") this.saved(answer.told, upTo);
    else this.notTaken(answer, "save");
    return answer;
  }

  /** The text is kept, and what is missing is said at its field. */
  incomplete(told) {
    this.answered();
    this.stopFinishing();
    this.version = told.version;
    this.savedUpTo = this.typedAt;
    this.say(this.form.dataset.saysSaved);
    dropLocal(this.user, this.key);
    if (this.root.isConnected) showProblems(this.root, told);
    else this.asks = () => showProblems(this.root, told);
  }

  takeBack() {
    // What this browser knows and the server does not: a crash, a cut cable, an ended session.
    const kept = readLocal(this.user, this.key);
    if (!kept) return;
    for (const element of this.form.elements) {
      if (!element.name || !(element.name in kept.typed) || element.name === "csrfmiddlewaretoken") continue;
      if (element.type === "radio" || element.type === "checkbox") element.checked = element.value === kept.typed[element.name];
      else if (element.type !== "submit") element.value = kept.typed[element.name];
    }
    if (this.version !== null) this.version = kept.version ?? this.version;
    this.attempts = kept.attempts ?? [];
    this.hasEnded = kept.ended;
    this.typedAt += 1;
    if (kept.isFinishing) this.finish(kept.finishesWith);
    else this.save();
  }
}

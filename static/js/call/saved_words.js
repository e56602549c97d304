// The state of the save in words. The clock is redrawn at each save; the words are spoken at most once in five seconds.

const SPOKEN_EVERY_MS = 5000;

export class SavedWords {
  constructor(form) {
    this.box = form.querySelector("[data-saved]");
    this.words = form.querySelector("[data-saved-words]");
    this.clock = form.querySelector("[data-saved-at]");
    this.saysSaved = form.dataset.saysSaved;
    this.spokenAt = 0;
  }

  say(text, time = "") {
    this.clock.textContent = time;
    this.box.classList.toggle("is-local", text !== this.saysSaved);
    this.stop();
    const wait = this.spokenAt + SPOKEN_EVERY_MS - Date.now();
    if (wait <= 0) this.speak(text);
    else this.waiting = window.setTimeout(() => this.speak(text), wait);
  }

  speak(text) {
    if (this.words.textContent === text) return;
    this.spokenAt = Date.now();
    this.words.textContent = text;
  }

  stop() {
    window.clearTimeout(this.waiting);
  }
}

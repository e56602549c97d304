/**
 * The tabs of the call screen. Drafts already opened are switched within the page; one that waits in the strip
 * is fetched beforehand, and so is an empty one, so that a new call opens at once, even while the server is away.
 *
 * Other parts of the product open a draft as a tab in three ways:
 * - a link or a form with [data-opens-tab], whose answer is a draft's page;
 * - document event `call:open-tab` with the detail { url };
 * - live event `draft-arrived`: the draft gets a tab, and nothing takes the focus.
 */

import { showMessages } from "../undo.js";
import { Elsewhere } from "./elsewhere.js";
import { fetchJson, fetchPart } from "./parts.js";
import { post } from "./post.js";
import { localKeys, readLocal, sweepLocal, writeLocal } from "./store.js";
import { asClock } from "./timer.js";

const IDLE_MS = 300;
const FAREWELL_MS = 1500; // what the page before this one sent at its end has arrived by then
const NOBODYS_MS = 20_000; // no open window leaves words unsaved for so long

const stage = document.getElementById("call-stage");
const { dayUrl, newUrl, tabsUrl, user } = stage.dataset;
const held = new Map(); // drafts that are not in front, by key
const windows = new BroadcastChannel(`call-tabs:${user}`);
const elsewhere = new Elsewhere(windows);
let spare = null; // an empty draft, ready for the next call
let refreshing = 0;
let isOwed = false; // the strip changed while nobody looked at this page
let drawnAt = Date.now();

const strip = () => document.querySelector(".call-tabs");
const tabs = () => [...strip().querySelectorAll("a[data-key]")];
const current = () => stage.querySelector("call-draft");
const tabOf = (key) => tabs().find((tab) => tab.dataset.key === key);
const pageOf = (draft) => draft.querySelector("#call-form").dataset.pageUrl;

async function load(url, { values = null, follows = true } = {}) {
  const part = await fetchPart(url, values);
  const draft = part?.body.querySelector("call-draft");
  if (part && !draft && follows) location.assign(part.url); // not a draft any more; its place knows
  if (!draft) return null;
  document.adoptNode(draft);
  customElements.upgrade(draft);
  draft.loadedAt = Date.now();
  return draft;
}

function show(draft) {
  const before = current();
  if (before === draft) return;
  if (before) {
    held.set(before.key, before);
    before.putAside();
  }
  held.delete(draft.key);
  draft.bringBack(stage);
  history.replaceState(null, "", pageOf(draft));
  markCurrent();
  elsewhere.tell(draft);
}

function markCurrent() {
  for (const tab of tabs()) {
    if (tab.dataset.key === current()?.key) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  keepInSight();
}

/** The strip may be longer than its place. */
function keepInSight() {
  strip().querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function open(url, key) {
  if (key && key === current()?.key) return;
  const draft = held.get(key) ?? (await load(url));
  if (draft) show(held.get(draft.key) ?? draft);
}

async function openNew() {
  if (tabs().length >= Number(strip().dataset.most)) {
    say("full");
    return;
  }
  const draft = spare ?? (await load(newUrl));
  spare = null;
  if (!draft) return;
  draft.loadedAt = Date.now();
  show(draft);
}

/** Draw the strip anew; drafts that another window finished or changed are not kept here. */
async function refresh({ withMessages = false, arrived = false } = {}) {
  const part = await fetchPart(`${tabsUrl}?current=${current()?.key ?? ""}${withMessages ? "&messages" : ""}`);
  const anew = part?.body.querySelector(".call-tabs");
  if (!anew) return;
  const before = new Set(tabs().map((tab) => tab.dataset.key));
  const focused = strip().contains(document.activeElement) ? document.activeElement.dataset.key ?? "new" : null;
  strip().replaceWith(anew);
  drawnAt = Date.now();
  drawAges();
  drawName();
  keepInSight();
  if (focused) (tabOf(focused) ?? strip().querySelector("[data-new]")).focus();
  const said = part.body.querySelector("#messages");
  if (said) showMessages(said);
  const come = tabs().find((tab) => !before.has(tab.dataset.key));
  if (arrived && come) strip().querySelector("[role=status]").textContent = `${strip().dataset.saysArrived} ${come.title}`;
  for (const [key, draft] of held) if (isStale(draft, tabOf(key))) forget(draft);
  for (const draft of [current(), ...held.values()]) endClock(draft);
  window.setTimeout(prepare, IDLE_MS);
}

function endClock(draft) {
  // The exchange said that the call is over, perhaps while another tab was in front.
  const ended = draft?.isStarted ? tabOf(draft.key)?.dataset.ended : undefined;
  if (ended !== undefined) draft.timer.end(Number(ended));
}

function isStale(draft, tab) {
  if (draft.isStarted && draft.form.isDirty) return false;
  const version = draft.form?.version ?? Number(draft.querySelector("#call-form").dataset.version);
  return !tab || Number(tab.dataset.version) > version;
}

function forget(draft) {
  draft.stop();
  held.delete(draft.key);
}

function refreshSoon(options) {
  window.clearTimeout(refreshing);
  refreshing = window.setTimeout(() => refresh(options), 100);
}

/** Ten windows would all ask at the same moment; one that nobody looks at asks once, when it is looked at again. */
function refreshWhenSeen() {
  isOwed = document.hidden;
  if (!isOwed) refreshSoon();
}

function seen() {
  if (isOwed) refreshWhenSeen();
}

/** A colleague has it from now on, or has taken it back. Words that were typed meanwhile are asked about by its form. */
function goneElsewhere(key) {
  const draft = held.get(key) ?? (current()?.key === key ? current() : null);
  if (!draft || (draft.isStarted && (draft.form.isDirty || draft.form.underWay))) {
    refreshSoon();
    return;
  }
  if (draft === current()) {
    say("gone");
    draft.form.over({ go_to: dayUrl });
  } else {
    forget(draft);
    refresh();
  }
}

function say(what) {
  const words = strip().querySelector(`template[data-words=${what}]`).content.cloneNode(true);
  document.getElementById("messages").replaceChildren(words);
}

function changed() {
  windows.postMessage({ kind: "changed" });
}

/** Fetch what waits in the strip, one after another, and an empty draft. */
async function prepare() {
  if (prepare.isUnderWay) return;
  prepare.isUnderWay = true;
  for (const tab of tabs()) {
    const { key } = tab.dataset;
    if (key === current()?.key || held.has(key)) continue;
    const draft = await load(tab.href, { follows: false });
    if (draft && draft.key !== current()?.key && !held.has(draft.key)) held.set(draft.key, draft);
  }
  spare ??= await load(newUrl, { follows: false });
  prepare.isUnderWay = false;
}

/** Words that only this browser has, of a draft without a tab: a crash or a cut cable. They get their tab back. */
async function bringHome() {
  const isLost = (key) => !tabOf(key) && !held.has(key);
  if (!localKeys(user).some(isLost)) return;
  await refresh();
  const form = current()?.querySelector("#call-form");
  for (const key of form ? localKeys(user).filter(isLost) : []) {
    const kept = readLocal(user, key);
    if (!kept || Date.now() - kept.at < NOBODYS_MS) continue;
    const { typed, version, ended, attempts = [] } = kept;
    const saveUrl = form.dataset.saveUrl.replace(form.dataset.key, key);
    const { kind, told } = await post(saveUrl, { typed, version, ended, attempts, user });
    if (kind === "done") writeLocal(user, key, { ...kept, version: told.version });
  }
  refresh();
}

function drawAges() {
  const passed = (Date.now() - drawnAt) / 1000;
  for (const tab of tabs()) {
    tab.querySelector("[data-age]").textContent = asClock(Math.floor(Number(tab.dataset.age) + passed));
  }
}

function drawName() {
  const draft = current();
  const tab = draft && tabOf(draft.key);
  if (!tab) return;
  const name = draft.name || tab.dataset.nameless;
  const words = tab.querySelector("[data-name]");
  if (words.textContent !== name) words.textContent = name;
  tab.title = name;
  const isWrappingUp = draft.timer?.isWrappingUp;
  tab.querySelector(".dot").classList.toggle("dot-good", !isWrappingUp);
  tab.querySelector(".dot").classList.toggle("dot-warn", isWrappingUp);
  tab.querySelector("[data-state]").textContent = isWrappingUp ? tab.dataset.wrappingUp : tab.dataset.talking;
}

async function leave(draft, told) {
  const next = tabs().find((tab) => tab.dataset.key !== draft.key);
  changed();
  if (draft !== current()) {
    held.delete(draft.key);
    refresh({ withMessages: true });
    return;
  }
  if (told.go_to !== dayUrl || !next) {
    location.assign(told.go_to);
    return;
  }
  draft.remove();
  await open(next.href, next.dataset.key);
  if (!current()) location.assign(next.href);
  refresh({ withMessages: true });
}

/** A form that ends the draft without finishing it; what its button says goes along. */
async function end(form, button) {
  const draft = current();
  await draft.form.saveNow();
  const told = await fetchJson(form.action, button?.name ? { [button.name]: button.value } : {});
  if (told?.stays) refresh({ withMessages: true });
  else if (told) draft.form.over(told);
}

function opened(draft) {
  if (!draft) return;
  show(draft);
  document.dispatchEvent(new CustomEvent("draft:opened"));
  refresh();
  changed();
}

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.button > 0);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.defaultPrevented || (!isPlain(event) && event.isTrusted)) return;
  if (link.matches(".call-tabs a[data-key]")) {
    event.preventDefault();
    open(link.href, link.dataset.key);
  } else if (link.href === new URL(newUrl, location.href).href) {
    event.preventDefault();
    openNew();
  } else if (link.matches("[data-opens-tab]")) {
    event.preventDefault();
    open(link.href);
  }
});
document.addEventListener("submit", (event) => {
  const { target } = event;
  if (target.matches("[data-ends-draft]")) {
    event.preventDefault();
    end(target, event.submitter);
  } else if (target.matches("[data-opens-tab]")) {
    event.preventDefault();
    load(target.action, { values: new FormData(target) }).then(opened);
  }
});
document.addEventListener("call:open-tab", ({ detail }) => open(detail.url));
document.addEventListener("live:draft-left", ({ detail }) => goneElsewhere(detail.id));
document.addEventListener("live:draft-arrived", () => refreshSoon({ arrived: true }));
for (const word of ["live:phone-call", "live:resync"]) document.addEventListener(word, refreshWhenSeen);
document.addEventListener("visibilitychange", seen);
document.addEventListener("draft:over", ({ detail }) => leave(detail.root, detail.told));
document.addEventListener("draft:saved", ({ detail }) => {
  if (detail.root === current()) history.replaceState(null, "", pageOf(detail.root));
  if (detail.isFirst) refresh();
  if (detail.isFirst || detail.root.name !== detail.root.toldName) changed();
  detail.root.toldName = detail.root.name;
});
windows.addEventListener("message", ({ data }) => data.kind === "changed" && refreshSoon());
stage.addEventListener("input", drawName);
stage.addEventListener("draft:changed", drawName, true);
stage.addEventListener("draft:ended", drawName, true);

sweepLocal();
drawAges();
drawName();
keepInSight();
elsewhere.tell(current());
window.setInterval(drawAges, 1000);
window.setTimeout(prepare, IDLE_MS);
window.setTimeout(bringHome, FAREWELL_MS);

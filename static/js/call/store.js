// What was typed, kept in this browser until the server has it. Keyed by user and draft, so that a shared
// work station shows nobody another's words; thrown away on the server's word, on sign-out and after a day.

const PREFIX = "draft:";
const A_DAY_MS = 24 * 60 * 60 * 1000;

const nameOf = (user, key) => `${PREFIX}${user}:${key}`;

export function readLocal(user, key) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(user, key)));
  } catch {
    return null;
  }
}

export function writeLocal(user, key, record) {
  try {
    localStorage.setItem(nameOf(user, key), JSON.stringify({ ...record, at: Date.now() }));
  } catch {
    // The browser's store is full or shut: the server's copy is then the only one.
  }
}

export function dropLocal(user, key) {
  localStorage.removeItem(nameOf(user, key));
}

export function localKeys(user) {
  const ours = nameOf(user, "");
  return Object.keys(localStorage).filter((name) => name.startsWith(ours)).map((name) => name.slice(ours.length));
}

export function sweepLocal() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const at = JSON.parse(localStorage.getItem(name) ?? "{}").at ?? 0;
    if (Date.now() - at > A_DAY_MS) localStorage.removeItem(name);
  }
}

export function dropAllLocal() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}

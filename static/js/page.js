// A page that came as the answer to a form, drawn where the form stood: its main part and its heading. What has
// been chosen of files goes over into the fields that the server did not complain about.

const PARTS = ["header.top .heading", "#content"];

export function showPage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.title = page.title;
  addStyles(page);
  keepFiles(page);
  for (const part of PARTS) {
    const drawn = page.querySelector(part);
    if (drawn) document.querySelector(part)?.replaceWith(document.adoptNode(drawn));
  }
  const content = document.getElementById("content");
  window.htmx?.process(content);
  window.scrollTo(0, 0);
  (content.querySelector("#error-summary") ?? content.querySelector("[autofocus]") ?? content).focus();
  document.dispatchEvent(new CustomEvent("page:drawn"));
}

/** What a page that tells of a refusal says. */
export function wordsOf(text) {
  const said = new DOMParser().parseFromString(text, "text/html").querySelectorAll(".sorry h2, .sorry p");
  const words = [...said].map((part) => part.textContent.trim().replace(/\s+/g, " "));
  return words.map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)).join(" ");
}

function addStyles(page) {
  const have = new Set([...document.head.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")));
  for (const link of page.head.querySelectorAll("link[rel=stylesheet]")) {
    if (!have.has(link.getAttribute("href"))) document.head.append(document.adoptNode(link));
  }
}

function keepFiles(page) {
  for (const field of document.querySelectorAll("#content input[type=file][id]")) {
    const fresh = page.getElementById(field.id);
    if (!field.files.length || fresh?.type !== "file" || fresh.getAttribute("aria-invalid") === "true") continue;
    const kept = new DataTransfer();
    for (const file of field.files) kept.items.add(file);
    fresh.files = kept.files;
    for (const words of page.querySelectorAll("[data-files-lost]")) words.remove();
  }
}

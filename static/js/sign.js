// The page of a signatory: while the file that was brought is being checked, look how it stands.

const EVERY = 1000;

async function look() {
  const result = document.getElementById("result");
  if (!result?.hasAttribute("data-waiting")) return;
  try {
    const answer = await fetch(result.dataset.address, { headers: { "HX-Request": "true" } });
    if (answer.ok) {
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = part.getElementById("result");
      if (fresh && fresh.textContent !== result.textContent) {
        // A signature that is in order also closes the form above, so the whole page is taken anew.
        window.location.reload();
        return;
      }
    }
  } catch {
    // The next look will tell.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);

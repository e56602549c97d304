// A shared work station keeps nobody's words: signing out throws away what was typed and not yet sent.

import { dropAllLocal } from "./call/store.js";

document.addEventListener("submit", (event) => {
  if (event.target.matches("form.out")) dropAllLocal();
});

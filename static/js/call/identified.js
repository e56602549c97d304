// How the caller was identified: the two facts are asked for only where they identify, and what the level lets be
// spoken of follows the choice. It advises; nothing is locked.

document.addEventListener("change", ({ target }) => {
  const box = target.name === "identified_how" && target.closest("[data-identified]");
  if (!box) return;
  box.querySelector("[data-facts]").hidden = target.value !== "facts";
  const rank = Number(target.selectedOptions[0].dataset.rank);
  for (const row of (box.closest("#caller") ?? box).querySelectorAll("[data-needs]")) {
    const isEnough = Number(row.dataset.needs) <= rank;
    row.querySelector("[data-enough]").hidden = !isEnough;
    row.querySelector("[data-lacks]").hidden = isEnough;
  }
});

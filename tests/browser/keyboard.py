"""A person at the keys, who finds whatever cannot be reached or seen by keyboard."""

import os
from pathlib import Path

# What has the focus and shows nothing of it: no outline, no ring, and none on what stands for it.
FOCUS = """what => {
  const has = document.activeElement;
  if (!has || has === document.body) return [false, ""];
  return [has.matches(what), unseen(has)];

  function unseen(has) {
    if (has.matches("main, iframe, dialog, body > .skip")) return "";
    if (has.matches("input[type=date]:not(:focus)")) return ""; // on the calendar's own button the browser draws a ring
    const line = has.closest(".search-line, .topic");
    const shown = [has, has.nextElementSibling, has.closest("label"), line].filter(Boolean).some((part) => {
      const style = getComputedStyle(part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
    return shown ? "" : has.outerHTML.slice(0, 200);
  }
}"""


class Keyboard:
    """Moves by Tab and by the shortcuts on screen, never by mouse."""

    def __init__(self, page, name=""):
        self.page = page
        self.name = name
        self.pictures = 0
        # From the beginning: asked for as the key is pressed, it may come too late to catch the window.
        page.on("filechooser", lambda _chooser: None)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def tab_to(self, selector, at_most=45, *, back=False):
        """Tab until the element has the focus; too long a way, or a stop unseen, is a fault of the page."""
        for step in range(at_most):
            is_there, unseen = self.page.evaluate(FOCUS, selector)
            assert step == 0 or unseen == "", f"nobody sees that this has the focus: {unseen}"
            if is_there:
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{selector} is not reached by {at_most} tabs")

    def fill(self, selector, text, at_most=45):
        """Go to a field and write over what stands in it."""
        self.tab_to(selector, at_most)
        self.press("Control+KeyA")
        self.type(text)

    def tick(self, selector, at_most=45):
        self.tab_to(selector, at_most)
        if not self.page.evaluate("document.activeElement.checked"):
            self.press("Space")

    def choose_file(self, selector, path, at_most=45):
        """The browser's own window of files opens from the keyboard; there the file is chosen."""
        self.tab_to(selector, at_most)
        self.page.wait_for_load_state()
        with self.page.expect_file_chooser(timeout=10_000) as chooser:
            self.press("Space")
        chooser.value.set_files(path)

    def picture(self, name):
        """For whoever wants to look: STORY_PICTURES names a folder."""
        folder = os.environ.get("STORY_PICTURES")
        if folder:
            self.pictures += 1
            path = Path(folder) / f"{self.name}{self.pictures:02d}-{name}.png"
            self.page.screenshot(path=path, full_page=True)

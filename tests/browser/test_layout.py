"""No page scrolls sideways, cuts off its words or lays one control upon another."""

import pytest

from accounts.roles import ROLES
from tests.browser.routes import all_routes, pages
from tests.browser.scene import Scene
from tests.factories.accounts import UserFactory

APPS = sorted({route.app for route in all_routes()})
# Narrowest first; each width with the language that is longest there.
WIDTHS = [(320, 700, "ru"), (390, 844, "et"), (1440, 900, "ru")]

LOOK = """() => {
  const wrong = [];
  const root = document.documentElement;
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${words}”`;
  };
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((element) =>
      shown(element) && element.getBoundingClientRect().right > root.clientWidth + 1 && !element.parentElement.closest(".scroll-x"));
    wrong.push(`sideways ${root.scrollWidth}>${root.clientWidth}: ${wide.slice(0, 3).map(name).join(" | ")}`);
  }
  const hidesOverflow = (element) => {
    const style = getComputedStyle(element);
    return style.overflowX === "hidden" || style.overflowX === "clip";
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element) || element.closest("svg, .visually-hidden, .skip, select, textarea, input")) continue;
    const cut = element.scrollWidth > element.clientWidth + 1 && hidesOverflow(element) && element.clientWidth > 1;
    const hasWayOut = element.closest("[title]") || element.classList.contains("clip-ok");
    if (cut && !hasWayOut) wrong.push(`cut off ${element.scrollWidth}>${element.clientWidth}: ${name(element)}`);
  }
  const floats = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
    }
    return false;
  };
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((element) => shown(element) && !floats(element))
    .flatMap((element) => [...element.getClientRects()].slice(0, 1).map((box) => ({ element, box })));
  for (const [index, one] of controls.entries()) {
    for (const two of controls.slice(index + 1)) {
      if (one.element.contains(two.element) || two.element.contains(one.element)) continue;
      const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
      if (across > 2 && down > 2) wrong.push(`overlap: ${name(one.element)} and ${name(two.element)}`);
    }
  }
  return wrong;
}"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.mark.parametrize("app", APPS)
def test_layout_holds_at_every_width(context, live_server, sign_in, client, app):
    user = UserFactory(roles=list(ROLES))
    client.force_login(user)
    routes = [route for route in all_routes() if route.app == app]
    addresses = list(pages(client, routes, Scene(user)))
    page = context.new_page()
    found = {}

    for width, height, language in WIDTHS:
        sign_in(user=user, language=language)
        page.set_viewport_size({"width": width, "height": height})
        for route, where in addresses:
            page.goto(live_server.url + where)
            if wrong := page.evaluate(LOOK):
                found[f"{route.name} {width} {language}"] = wrong

    report = [f"{title}: {line}" for title, lines in found.items() for line in lines]
    assert "\n".join(report) == ""

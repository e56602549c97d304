"""axe-core, vendored, asked about the page that is open."""

from pathlib import Path

from playwright.sync_api import Error

SOURCE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()
ASK = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.slice(0, 4).map((node) => `${node.target.join(" ")}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`),
  }));
}"""


def violations(page):
    """What axe finds wrong with the page, one line a rule."""
    return [
        f"{found['id']} ({found['help']}): " + " | ".join(found["nodes"]) for found in asked(page)
    ]


def asked(page, tries=4):
    """A form may still be leading to another page: then ask that one."""
    try:
        page.evaluate(SOURCE)
        return page.evaluate(ASK)
    except Error as error:
        if "Execution context was destroyed" not in str(error) or tries == 1:
            raise
    page.wait_for_load_state()
    return asked(page, tries - 1)

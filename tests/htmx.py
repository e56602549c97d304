"""Play an HTMX answer onto a page, as the browser would (outerHTML and out-of-band swaps)."""

from bs4 import BeautifulSoup


def soup(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def swapped(page, answer, *, target):
    """Return the page after the answer has replaced `target` and every out-of-band element."""
    for element in answer.select("[hx-swap-oob]"):
        del element["hx-swap-oob"]
        page.select_one(f"#{element['id']}").replace_with(element.extract())
    page.select_one(target).replace_with(answer.select_one(target))
    return page

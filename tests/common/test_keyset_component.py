from django.contrib.auth.models import AnonymousUser
from django.template import engines

from common.paging import KeysetPage

TEMPLATE = '{% include "components/keyset.html" with page=page target="#results" only %}'


def rendered(rf, page, address="/x/?sort=name&cursor=old"):
    request = rf.get(address)
    request.user = AnonymousUser()
    return engines["django"].from_string(TEMPLATE).render({"page": page}, request)


def test_links_keep_the_other_parameters_and_htmx_says_the_same(rf):
    page = rendered(rf, KeysetPage([], next="NEXT", previous="BACK"))

    for cursor in ("NEXT", "BACK"):
        assert page.count(f'"?sort=name&amp;cursor={cursor}"') == 2
    assert "old" not in page


def test_single_page_shows_nothing(rf):
    assert rendered(rf, KeysetPage([], next="", previous="")).strip() == ""

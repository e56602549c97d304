from tests.factories.registry import OrganisationFactory


def test_deleted_organisation_stops_with_the_reason(desk):
    OrganisationFactory(registry_code="19999851", name="Kustutatud OÜ", status="K")
    case = desk.start(organisation="19999851")
    check = desk.ask_register(case)
    desk.give_contacts(case)

    page = desk.page(case)
    assert not check.allows_representation
    assert "Kustutatud OÜ on registrist kustutatud" in page.select_one("#check").get_text()
    assert page.select(".missing a[href='#check']")
    assert not page.select("#signers .pick label")

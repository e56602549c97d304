import datetime as dt

from django.utils import timezone

from registry.states import CheckState


def test_check_waits_while_the_register_is_down_and_is_answered_later(desk):
    desk.register.control({"mode": "unavailable"})
    case = desk.start(organisation="19999905")

    check = desk.ask_register(case)

    page = desk.page(case)
    assert check.state == CheckState.WAITING
    assert "Äriregister ei vasta" in page.select_one("#check").get_text()
    assert not page.select("#signers")  # silence is neither a right nor the lack of one

    desk.register.control({"mode": "ok"})
    check = desk.ask_register(case, at=timezone.now() + dt.timedelta(minutes=2))

    page = desk.page(case)
    assert check.state == CheckState.ANSWERED
    assert "Jaan Näidis" in page.select_one("#signers .pick").get_text()
    assert "Äriregister ei vasta" not in page.get_text()

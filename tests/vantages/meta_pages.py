"""A form of Meta's with its control page and its decoy, as the tests of this room play them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from bot.domain.forms import Form, Purpose, Service, Sureness
from bot.knowledge.looks import load_looks
from tests.vantages.stand_in import answer

RULES = load_looks(frozenset({"facebook.com", "instagram.com", "whatsapp.com", "meta.com"}))
HOST = "www.facebook.com"
FORM_PAGE = f"{HOST}/help/contact/712876720715583"
URL = f"https://{FORM_PAGE}"
PLACE = RULES.places[0]
CONTROL_PAGE = PLACE.control.removeprefix("https://")
DECOY_PAGE = PLACE.decoy.removeprefix("https://")
LOGIN = f"https://{HOST}/login/?next="
TITLE = "Object to your information being used for AI at Meta"
GOOD = answer(200, f"<h1>{TITLE}</h1>")
HELP = answer(200, "<h1>Help Centre</h1>")


def a_form(url=URL, *, needs_login=True):
    return Form(
        id=urlsplit(url).path.rpartition("/")[2],
        service=Service.FACEBOOK,
        purpose=Purpose.OWN_DATA,
        url=url,
        titles=(TITLE,),
        countries=frozenset(),
        valid_from=date(2025, 4, 29),
        valid_until=None,
        successor=None,
        needs_login=needs_login,
        sureness=Sureness.HIGH,
        confirmed_on=None,
        sources=("test",),
        checked=date(2026, 11, 23),
    )


class StillClock:
    """Stands still and does not wait; tells how long it should have."""

    def __init__(self):
        self.waited = []

    def now(self):
        return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    async def sleep(self, seconds):
        self.waited.append(seconds)

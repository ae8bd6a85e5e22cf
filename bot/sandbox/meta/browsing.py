"""What a person's own browser meets at Meta's: login, form, code, thank-you page. Pure but for the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.meta.answers import NOTICE, Answer, broken, is_down, is_login, to_login
from bot.sandbox.meta.forms import form_at, is_like_a_form, service_of
from bot.sandbox.meta.notices import notice_at
from bot.sandbox.meta.switches import State
from bot.sandbox.world import Mail, Person, World

if TYPE_CHECKING:
    from bot.domain.forms import Form

DOWN = Answer("down", 503)
KEPT_MAILS = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at an address of Meta's, from a place."""

    world: World
    person: Person
    place: str
    host: str
    path: str

    @property
    def form(self) -> Form | None:
        """The form at the address."""
        return form_at(self.host, self.path)

    @property
    def state(self) -> State:
        """What the form does for this person's account."""
        return self.world.switches.state(self.form.id, self.person.country) if self.form else State.ANSWERS

    @property
    def logged_in(self) -> bool:
        """Whether this place knows the person."""
        return self.place in self.person.logins.get(service_of(self.host), set())


def shown(visit: Visit) -> Answer:
    """The page that opens."""
    if is_down(visit.world.switches, visit.host, visit.person.country):
        return DOWN
    if is_login(visit.path):
        return Answer("login")
    if notice_at(visit.host, visit.path):
        return NOTICE
    if visit.form is None:
        return Answer("absent", 404) if is_like_a_form(visit.host, visit.path) else Answer("home")
    return _form(visit, visit.form)


def _form(visit: Visit, form: Form) -> Answer:
    if answer := broken(visit.host, visit.state):
        return answer
    slow = visit.state is State.SLOW
    if form.needs_login and (visit.state is State.LOGIN_LOOP or not visit.logged_in):
        return to_login(visit.host, visit.path, slow=slow)
    if visit.state is State.NOT_IN_COUNTRY:
        return Answer("country", slow=slow)
    return Answer("form", slow=slow)


def done(visit: Visit, fields: dict[str, str]) -> Answer:
    """What follows a pressed button: log in, send, confirm a code, ask for a new one."""
    if is_login(visit.path):
        visit.person.logins.setdefault(service_of(visit.host), set()).add(visit.place)
        visit.world.changed()
        return Answer("login", 303, fields.get("next") or f"https://{visit.host}/")
    opened = shown(visit)
    if visit.form is None or opened.page != "form":
        return opened
    return _sent(visit, visit.form, fields)


def _sent(visit: Visit, form: Form, fields: dict[str, str]) -> Answer:
    code = _code(visit, form)
    if visit.state not in {State.ASKS_CODE, State.NO_CODE} or fields.get("code", "").strip() == code:
        _note(visit, form)
        return Answer("thanks")
    if visit.state is State.ASKS_CODE and fields.get("step") in {"send", "again"}:
        _mail(visit, "Your confirmation code", f"Enter this code in the form: {code}")
    return Answer("code_refused" if fields.get("step") == "code" else "code")


def _code(visit: Visit, form: Form) -> str:
    """Always the same for one person and form, and never guessed by chance while no code comes."""
    number = (visit.person.id * 7919 + sum(map(ord, form.id)) * 104729) % 900000 + 100000
    return f"{number}"


def _note(visit: Visit, form: Form) -> None:
    at = visit.world.clock.now().isoformat()
    visit.person.sent.append({"form": form.id, "country": visit.person.country, "at": at})
    _mail(visit, "We've received your objection", "We've reviewed your objection and will honour it.")


def _mail(visit: Visit, subject: str, text: str) -> None:
    visit.person.mails = [*visit.person.mails, Mail(visit.world.clock.now(), subject, text)][-KEPT_MAILS:]
    visit.world.changed()

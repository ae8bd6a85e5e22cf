"""A letter on its way to paper: to copy, as PDF, to read, filled in once; where to send it, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.letters import TO_AUTHORITY, LetterKind
from bot.domain.wishes import WishKind
from conversations.effects import Wish
from conversations.paper.letters import LANGUAGE, letter_in_hand, tongues
from conversations.steps import N_, Choice, Flow, Link, Step, question
from conversations.wording import about
from conversations.write.complaints import after_filed, authority_page, filed
from conversations.write.letters import LETTER, in_hand

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from bot.domain.incidents import Incident
    from bot.domain.letters import LetterFacts
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

PAPER = "paper"
"""The session's answer that names the template of the paper last made; a fact that follows keeps it."""
WAYS_ON = ("text", "pdf", "read", "fill", "bundle", "where", "page", "sent", "filed")


def meta_lines(scene: Scene, facts: LetterFacts) -> list[Value]:
    """Meta's postal address for that account, a line each; empty where none is on record."""
    post = scene.world.facts().get("meta_post")
    law = facts.law if facts.kind is LetterKind.COMPANY_COMPLAINT else facts.law_registered or facts.law
    written = post.get(law) if isinstance(post, dict) else None
    return list(written.split("\n")) if isinstance(written, str) else []


def paper_values(scene: Scene, language: str) -> dict[str, Value]:
    """What a paper is made of when it is sent: facts, language, Meta's address. No text."""
    facts = letter_in_hand(scene)
    if facts is None:
        return {"paper": None}
    return {"paper": facts.to_values(), "written_in": language, "meta": meta_lines(scene, facts)}


def language_in_hand(scene: Scene) -> str:
    """The language in which the letter goes out, else one in which it exists at all; empty if in none."""
    facts = letter_in_hand(scene)
    if facts is None:
        return ""
    found = tongues(scene, facts)
    return found.send or found.read or next(iter(found.there), "")


def _values(scene: Scene) -> dict[str, Value]:
    facts = letter_in_hand(scene)
    found = tongues(scene, facts) if facts else None
    authority = facts.authority if facts else None
    return {
        **about(scene),
        "kind": facts.kind.value if facts else "",
        "to_authority": bool(facts and facts.kind in TO_AUTHORITY),
        "name": authority.name if authority else None,
        "email": authority.email if authority else None,
        "has_form": bool(authority and authority.has_form),
        "accepts_email": authority.accepts_email if authority else None,
        "send": found.send if found else "",
        "read": found.read if found else "",
        "there": list(found.there) if found else [],
        "wanted": list(found.wanted) if found else [],
        "outages": len(facts.outages) if facts else 0,
        "post": "\n".join(str(line) for line in meta_lines(scene, facts)) if facts else "",
    }


def _out(scene: Scene) -> dict[str, Value]:
    return {**_values(scene), **paper_values(scene, language_in_hand(scene))}


def _own(scene: Scene) -> dict[str, Value]:
    return {**_values(scene), **paper_values(scene, _read_language(scene))}


def _as_file(name: str, values: Callable[[Scene], dict[str, Value]]) -> Callable[[Scene], dict[str, Value]]:
    return lambda scene: {**values(scene), "file": name, "number": scene.case.number if scene.case else 0}


def _evidence(written_in: Callable[[Scene], str]) -> Callable[[Scene], dict[str, Value]]:
    as_file = _as_file("bundle", _values)
    return lambda scene: {**as_file(scene), "written_in": written_in(scene)}


def _read_language(scene: Scene) -> str:
    facts = letter_in_hand(scene)
    return tongues(scene, facts).read if facts else ""


def _as_pdf(scene: Scene) -> dict[str, Value]:
    values = _out(scene)
    return {**values, "file": "letter"} if values["paper"] else values


def made(scene: Scene) -> Scene:
    """The scene once a paper was made: its template is remembered, and the outages that it cites are watched."""
    facts = letter_in_hand(scene)
    language = language_in_hand(scene)
    if facts is None or not language:
        return scene
    for form, country in dict.fromkeys((each.form, each.country) for each in _incidents(scene)):
        scene = scene.wishing(Wish(form, country, WishKind.CITED))
    return scene.with_answer(PAPER, scene.world.letter_template(facts, language))


def _incidents(scene: Scene) -> tuple[Incident, ...]:
    return scene.world.outages(scene.case) if scene.case else ()


def _contact(scene: Scene) -> str | None:
    """Meta's page or the authority's, whoever gets the letter."""
    facts = letter_in_hand(scene)
    if facts and facts.kind in TO_AUTHORITY:
        return facts.authority.page if facts.authority else authority_page(scene)
    value = scene.world.facts().get("meta_contact")
    return str(value) if value else None


def _ways(scene: Scene, *, without: str = "") -> Choices:
    """What can be done with the letter, what most do first."""
    facts = letter_in_hand(scene)
    if facts is None:
        return ()
    found = tongues(scene, facts)
    to_authority = facts.kind in TO_AUTHORITY
    if not found.send:
        return tuple(_in_language(code) for code in found.there)
    choices = {
        "text": Choice("text", N_("Text to copy"), "paper/text", made),
        "pdf": Choice("pdf", N_("PDF"), "paper/pdf", made),
        "read": _read_in(found.read) if found.read else None,
        "fill": Choice("fill", N_("Fill in my name and address"), "paper/fill"),
        "bundle": Choice("bundle", N_("Evidence as PDF"), "paper/bundle") if to_authority and scene.case else None,
        "where": Choice("where", N_("Where do I send it?"), "paper/where"),
        "page": Link(N_("The authority's page ↗") if to_authority else N_("Meta's privacy page ↗"), url=_contact),
        "sent": None if to_authority else Choice("sent", N_("I sent it"), "write/sent"),
        "filed": _filed(facts.kind) if to_authority else None,
    }
    return tuple(choice for name in WAYS_ON if name != without and (choice := choices[name]))


def _filed(kind: LetterKind) -> Choice:
    label = N_("I filed it") if kind is LetterKind.COMPLAINT else N_("I sent it")
    return Choice("filed", label, after_filed, filed)


def _without(name: str) -> Callable[[Scene], Choices]:
    return lambda scene: _ways(scene, without=name)


def _with_copy(scene: Scene) -> Choices:
    """Beside the evidence for the authority a copy for the person, where their language is another one."""
    read = _read_language(scene)
    copy = Choice("copy", N_("Evidence in {tongue}"), "paper/copy", names={"tongue": read})
    return ((copy,) if read else ()) + tuple(_ways(scene, without="bundle"))


def _read_in(language: str) -> Choice:
    return Choice("read", N_("Read in {tongue}"), "paper/read", names={"tongue": language})


def _in_language(language: str) -> Choice:
    return Choice(
        f"in_{language}",
        N_("In {tongue}"),
        "paper/ready",
        lambda scene: scene.with_answer(LANGUAGE, language),
        names={"tongue": language},
    )


def _filling(scene: Scene) -> Move:
    """A text that reached the conversation was not filled in: whoever fills in answers with what became of it."""
    return scene, "paper/unfilled"


def _cited(scene: Scene) -> list[int]:
    """The cases in which something was written or complained: only those had a paper."""
    kinds = (FactKind.WRITTEN, FactKind.COMPLAINED, FactKind.COMPANY_COMPLAINED, FactKind.SENT)
    return [case.number for case in scene.person.cases if case.last(*kinds)]


def _anew(scene: Scene) -> Scene:
    """The case that the message is about, else the only one that had a paper."""
    cases = _cited(scene)
    if not scene.case and len(cases) != 1:
        return scene
    scene = scene if scene.case else scene.on_case(cases[0])
    complained = scene.case and scene.case.last(FactKind.COMPLAINED)
    return in_hand(LetterKind.COMPLAINT)(scene) if complained else scene.with_answer(LETTER, "")


def _to_new(scene: Scene) -> str:
    return "paper/ready" if scene.case else "cases/list"


TRY_AGAIN = Choice("again", N_("Try once more"), "paper/fill")

PAPERS = Flow(
    "paper",
    (
        Step("ready", _ways, _values),
        Step("text", _without("text"), _out, keeps=True),
        Step("pdf", _without("pdf"), _as_pdf, keeps=True),
        Step("read", _without("read"), _own, keeps=True),
        Step("where", _without("where"), _values),
        question("fill", Choice("pdf", N_("PDF with blanks"), "paper/pdf", made), values=_values, heard=_filling),
        Step("filled", _without("fill"), _values, keeps=True),
        question("unfilled", TRY_AGAIN, Choice("pdf", N_("PDF with blanks"), "paper/pdf", made), values=_values),
        Step("bundle", _with_copy, _evidence(language_in_hand), keeps=True),
        Step("copy", _without("bundle"), _evidence(_read_language), keeps=True),
        question(
            "corrected",
            Choice("new", N_("New paper"), _to_new, _anew),
            values=about,
            lasting=True,
            of_all=True,
            keeps=True,
        ),
    ),
)

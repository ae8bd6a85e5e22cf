"""Questions in people's own words: short, sourced answers (bot/knowledge/questions.toml), each with a next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.questions import doors
from conversations.questions.doors import GO_ON, HERE
from conversations.steps import N_, Choice, Flow, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

TOPICS: Mapping[str, tuple[str, tuple[Choice, ...]]] = {
    "whatsapp": (N_("Does it cover WhatsApp?"), (doors.OBJECT,)),
    "threads": (N_("Does it cover Threads?"), (doors.OBJECT,)),
    "pages": (N_("What about a page that I run?"), (doors.OBJECT,)),
    "children": (N_("What about children?"), (doors.OBJECT,)),
    "others_posts": (N_("What about others' posts about me?"), (doors.THIRD,)),
    "meta_ai_chats": (N_("What about my chats with Meta AI?"), (doors.OBJECT,)),
    "chats_for_ads": (N_("Are AI chats used for advertising?"), (doors.OBJECT,)),
    "chain_letter": (N_("Does a post or a chain letter help?"), (doors.OBJECT,)),
    "vpn": (N_("Should I use a VPN?"), (doors.OBJECT, doors.WRITE)),
    "too_late": (N_("Is it too late?"), (doors.OBJECT,)),
    "already_learned": (N_("What about what the AI has learned?"), (doors.OBJECT,)),
    "private_profile": (N_("My profile is private. Do I need it?"), (doors.OBJECT,)),
    "delete_account": (N_("Is it better to delete the account?"), (doors.OBJECT,)),
    "cost": (N_("What does it cost?"), (doors.OBJECT,)),
    "who_runs": (N_("Who runs this?"), (doors.WHO,)),
    "is_safe": (N_("Is it safe?"), (doors.KEPT,)),
    "no_account": (N_("I have no account. What can I do?"), (doors.THIRD,)),
    "second_account": (N_("I have several accounts. What now?"), (doors.SEVERAL,)),
    "new_mail": (N_("My e-mail address has changed"), (doors.ANOTHER, doors.OBJECT)),
    "moved_country": (N_("I have moved. Which country counts?"), (doors.OBJECT, doors.STATUS)),
    "business_account": (N_("What about a business account?"), (doors.OBJECT,)),
    "bot_cannot_see": (N_("Can you see my objection?"), (doors.CASES, doors.LIMITS)),
    "punish": (N_("Will Meta punish me for it?"), (doors.OBJECT,)),
    "court": (N_("What did the courts decide?"), (doors.OBJECT,)),
    "other_companies": (N_("What about other companies?"), (doors.OBJECT,)),
    "what_is_it": (N_("What is this about?"), (doors.OBJECT, doors.TRIED)),
    "how_long": (N_("How long does it take?"), (doors.CASES, doors.OBJECT)),
    "change_mind": (N_("Can I change my mind?"), (doors.CASES, doors.WRITE)),
}
"""Each answer's question, as a button, and its doors. The ids are those of questions.toml."""
OFTEN = ("what_is_it", "too_late", "whatsapp", "children", "second_account", "is_safe", "how_long", "punish")
NEAR = "topics"
"""What came near to what was typed, in the session until the choice."""


def asked(scene: Scene, topics: tuple[str, ...]) -> Move:
    """The answer to a typed question; several that come near are offered, none is said to be none."""
    known = [topic for topic in topics if topic in TOPICS]
    if len(known) == 1:
        return scene, HERE + known[0]
    if known:
        return scene.with_answer(NEAR, " ".join(known)), HERE + "several"
    return scene, HERE + "none"


def _question(topic: str) -> Choice:
    return Choice(topic, TOPICS[topic][0], HERE + topic)


def _several(scene: Scene) -> Choices:
    near = [topic for topic in scene.answer(NEAR).split() if topic in TOPICS]
    return (*map(_question, near), Choice("none", N_("None of these"), HERE + "none"))


def _operator(scene: Scene) -> dict[str, Value]:
    facts = scene.world.facts()
    return {"name": facts.get("operator_name"), "contact": facts.get("operator_contact")}


ANSWERS = tuple(Step(topic, (GO_ON, *beside), _operator) for topic, (_, beside) in TOPICS.items())

QUESTIONS = Flow(
    "questions",
    (
        *ANSWERS,
        Step("several", _several),
        Step("often", (*map(_question, OFTEN), GO_ON)),
        Step(
            "none",
            (
                Choice("often", N_("What others ask"), HERE + "often"),
                doors.OBJECT,
                doors.TRIED,
                doors.STATUS,
                doors.LIMITS,
                GO_ON,
            ),
        ),
    ),
)

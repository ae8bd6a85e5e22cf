"""No account: the form about information from third parties, a different and weaker thing."""

from __future__ import annotations

from bot.domain.cases import FactKind
from conversations.steps import N_, Choice, Flow, Link, question
from conversations.wording import about, form_address, with_due, with_seen

THIRD = Flow(
    "third",
    (
        question(
            "what",
            Link(N_("Open the form ↗"), url=form_address),
            Choice("sent", N_("It is sent"), "third/noted", lambda scene: scene.with_fact(FactKind.SENT, "form")),
            Choice("proof", N_("It wants a screenshot"), "third/proof"),
            Choice("instead", N_("What else helps?"), "third/instead"),
            values=with_seen,
        ),
        question("proof", Choice("instead", N_("What else helps?"), "third/instead"), values=about),
        question("instead", Choice("form", N_("Back to the form"), "third/what"), values=about),
        question("noted", Choice("fine", N_("All right"), "sent/fine"), values=with_due, keeps=True),
    ),
)

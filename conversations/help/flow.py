"""/help: the doors."""

from __future__ import annotations

from conversations.share.flow import TELL_OTHERS
from conversations.steps import N_, Choice, Flow, question

HELP = Flow(
    "help",
    (
        question(
            "doors",
            Choice("begin", N_("Object"), "start/hello", lambda scene: scene.without_answers()),
            Choice("tried", N_("I have already tried"), "tried/what", lambda scene: scene.without_answers()),
            Choice("status", N_("Are the forms reachable?"), "status/where", lambda scene: scene.without_answers()),
            TELL_OTHERS,
            Choice("settings", N_("Settings"), "settings/menu"),
            Choice("privacy", N_("Privacy"), "privacy/who"),
            Choice("limits", N_("What I cannot know"), "help/limits"),
        ),
        question("limits", Choice("back", N_("All right"), "help/doors")),
    ),
)

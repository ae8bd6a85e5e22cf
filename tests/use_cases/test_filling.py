"""What is a name with an address, and what is not."""

import pytest

from bot.rendering.letters import Sender
from bot.use_cases.filling import LONGEST_LINE, MOST_LINES, sender_of


def test_each_line_is_a_line_of_the_sender():
    assert sender_of("Anna Ök\n  Hauptstr. 1 \n\n80331 München\n") == Sender(
        ("Anna Ök", "Hauptstr. 1", "80331 München")
    )


def test_one_line_is_parted_at_its_commas():
    assert sender_of("Anna Ök, Hauptstr. 1, 80331 München").lines == ("Anna Ök", "Hauptstr. 1", "80331 München")


def test_an_email_address_goes_to_its_own_place():
    sender = sender_of("Anna Ök\nanna@example.org\nHauptstr. 1")

    assert sender == Sender(("Anna Ök", "Hauptstr. 1"), "anna@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "Anna",
        "anna@example.org\nanna@example.org",
        "\n,\n",
        "\n".join(["line"] * (MOST_LINES + 1)),
        f"Anna\n{'x' * (LONGEST_LINE + 1)}",
        "Anna\nHaupt\x00str.",
    ],
)
def test_anything_else_is_none(text):
    assert sender_of(text) is None

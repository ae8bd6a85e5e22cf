"""What people report of a form, as far as something follows from it. Pure.

The words are the notes of the conversation (`conversations.trouble`, `conversations.object`).
"""

from __future__ import annotations

TROUBLE = frozenset({"not_available", "error", "not_in_country"})
"""The form was not there. A login page, or one that comes again and again, outvotes nobody."""
CODE_MISSING = "no_code"
"""Known from people only; never makes a form down."""
CODE_CAME = "code_came"

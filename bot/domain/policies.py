"""The numbers by which we conclude, each with its reason. Changing one is a decision: see docs/decisions/5.

None is a setting: an alarm must mean the same whoever runs the bot.
"""

from __future__ import annotations

from datetime import timedelta

LOOKED_BACK = timedelta(hours=24)
"""Older looks say nothing about now; also what is loaded after a restart."""
BAD_IN_A_ROW = 3
"""Two bad looks are a hiccup that lasted; three in a row, each tried twice, are not."""
WINDOW = 5
"""Three bad of the last five: an outage that lets a look through now and then is still one."""
SEEN_BAD = 2
"""A network sees it if this many of its own last looks are bad: so one network that is always wrong and a
second one that fails once never make an incident together."""
OWN_WINDOW = 3
"""A network's own last looks, of which `SEEN_BAD` must be bad."""
RECENT = 8
"""Only a network's last looks of any kind prove anything: behind a wall against programs the good ones are not seen,
and rare failures that come through would add up."""
NETWORKS = 2
"""One network alone is a place where something is broken, perhaps ours."""
SAME_OUTAGE = timedelta(hours=2)
"""Networks that began to see it within so long of each other see one outage. Has one been alone with it for longer,
it is likely to be odd, so each of the others must show three of five by itself, and the start is theirs."""
PEOPLE = 3
"""Fewer could be one household; a number this small suits a bot that few people use."""
PEOPLE_WITHIN = timedelta(minutes=60)
"""Reports of the same hour speak of the same outage."""
GOOD_IN_A_ROW = 2
"""One lucky good look closes nothing."""
SILENT_AFTER = timedelta(hours=2)
"""A network that told nothing for so long neither proves an outage nor keeps one open."""
STALE_AFTER = timedelta(hours=6)
"""Old is shown as old: after so long without a telling look nothing is said of now."""
WORD_HOLDS = timedelta(hours=24)
"""What an operator saw, logged in, speaks for a day ("opened it today")."""
WORD_BEFORE = timedelta(minutes=60)
"""An operator may have met the outage before our first bad look did."""
FLAPS = 2
"""Outages that ended within a day; the next one is not told to and fro any more."""
CALM_AFTER = timedelta(hours=2)
"""An unstable form, or one that a single network still sees fail, must be good for so long before it counts as
answering again."""

FAST = timedelta(minutes=3)
"""Between looks in doubt: an outage is sure within ten minutes, and Meta gets few requests more."""
FAST_FOR = timedelta(hours=2)
"""Doubt that lasts longer (one network alone sees it) is not worth fast looks."""
DOWN_EVERY = timedelta(minutes=10)
"""While it is down people wait to hear that it answers again."""
SPREAD = 0.2
"""Not everybody who runs this bot looks at the same second: the gap varies by this share to both sides."""

CODES_CAME = 3
"""As many people as it takes for trouble: fewer could be one household."""
CODES_SHARE = 2
"""Codes arrive if they came for so many times more people than they did not."""

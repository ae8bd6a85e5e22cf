"""What an admin sees and changes of a group, in private."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.groups import GENERAL, HOLD_BACK, GroupState, PostKind
from conversations.effects import CountNoMore, SayInGroup
from conversations.group.hand import act, changing, held, keeping, may, number_of, refused, standing
from conversations.group.replies import trial
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from bot.domain.groups import Group
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

RATES = (10, 60, 0)
"""Minutes between two answers to members' /status; 0: none."""
MOST_COUNTRIES = 12
MONTH = timedelta(days=30)


def values(scene: Scene) -> dict[str, Value]:
    """The settings of the group in hand. Its title is asked of Telegram when this is sent."""
    group = held(scene)
    if group is None or not may(scene):
        return {"group": number_of(scene), "known": False}
    now = standing(scene)
    return {
        "group": group.chat_id,
        "known": True,
        "state": group.state.value,
        "needs_topic": group.needs_topic,
        "topic": "" if group.topic is None else "general" if group.topic == GENERAL else "own",
        "is_channel": bool(now and now.is_channel),
        "countries": list(group.countries),
        "language": group.language,
        "silent": group.silent,
        "hold": [group.hold.start, group.hold.end] if group.hold else None,
        "zone": group.zone,
        "status_every": group.status_every,
        "counter": group.counter,
        "noted": scene.answer("noted"),
    }


def _flipped(group: Group) -> dict[str, object]:
    return {"silent": not group.silent}


def _held_back(group: Group) -> dict[str, object]:
    return {"hold": None if group.hold else HOLD_BACK}


def _next_rate(group: Group) -> dict[str, object]:
    place = RATES.index(group.status_every) if group.status_every in RATES else 0
    return {"status_every": RATES[(place + 1) % len(RATES)]}


def _may_start(scene: Scene) -> bool:
    group = held(scene)
    is_off = group is not None and group.state is not GroupState.RUNNING
    return bool(is_off and group and group.countries and not group.needs_topic)


def _is_running(scene: Scene) -> bool:
    group = held(scene)
    return group is not None and group.state is GroupState.RUNNING


def _has_place(scene: Scene) -> bool:
    group = held(scene)
    return group is not None and not group.needs_topic


def _has_members(scene: Scene) -> bool:
    now = standing(scene)
    return not (now and now.is_channel)


def _counting(*, on: bool) -> Callable[[Scene], bool]:
    return lambda scene: (group := held(scene)) is not None and group.counter is not on


def _counted_no_more(scene: Scene) -> Scene:
    """Off: who takes part is forgotten at once."""
    return changing("counter", lambda _: {"counter": False})(scene).doing(CountNoMore(number_of(scene)))


COUNT = act("on", N_("On"), "group/panel", changing("counter", lambda _: {"counter": True}), _counting(on=True))
NO_COUNTER = act("no", N_("No"), "group/panel", when=_counting(on=True))
COUNT_NO_MORE = act("off", N_("Off, and forget who takes part"), "group/panel", _counted_no_more, _counting(on=False))


def _tested(scene: Scene) -> Scene:
    group = held(scene)
    if group is None:
        return scene
    scene = keeping(scene, group.after_post(PostKind.TEST, scene.now))
    return scene.doing(SayInGroup(group.chat_id, trial(group)))


PAUSE_IT = changing("paused", lambda _group: {"state": GroupState.PAUSED})
START = act(
    "start", N_("Start"), "group/started", changing("started", lambda _: {"state": GroupState.RUNNING}), _may_start
)
PAUSE = act("pause", N_("Pause"), "group/paused", PAUSE_IT, _is_running)
POSTED = act("posted", N_("What I have posted"), "group/posted")
STOP = act("stop", N_("Stop and forget this group"), "group/forget")
SETTINGS = act("panel", N_("Settings"), "group/panel")
CHANGES = (
    act("countries", N_("Countries"), "group/countries"),
    act("language", N_("Language"), "group/language"),
    act("silent", N_("Silent: on or off"), "group/panel", changing("silent", _flipped)),
    act("hold", N_("Hold back 22–7: on or off"), "group/panel", changing("hold", _held_back)),
    act("rate", N_("Members' /status: how often"), "group/panel", changing("status", _next_rate), _has_members),
    act("counter", N_("Counter"), "group/counter", when=_has_members),
    act("test", N_("Test message"), "group/tested", _tested, _has_place),
)
AGAIN = Choice(
    "again",
    N_("Try again"),
    lambda scene: "group/panel" if may(scene) else refused(scene),
    when=lambda scene: not may(scene),
)


def countries(scene: Scene) -> Choices:
    """The chosen ones, which a tap takes out, and likely ones to add."""
    group = held(scene)
    if group is None:
        return (SETTINGS,)
    likely = [code for code in scene.suggested if code not in group.countries][:6]
    chosen = [_country(code, N_("{country} ✓")) for code in group.countries]
    return (*chosen, *(_country(code, N_("{country}")) for code in likely), SETTINGS)


def _country(code: str, label: str) -> Choice:
    tap = act(f"c{code}", label, "group/countries", lambda scene: _toggled(scene, code))
    return Choice(tap.id, tap.label, tap.to, tap.do, tap.when, {"country": code})


def _toggled(scene: Scene, code: str) -> Scene:
    def chosen(group: Group) -> dict[str, object]:
        others = tuple(each for each in group.countries if each != code)
        codes = others if code in group.countries else (*group.countries, code)[:MOST_COUNTRIES]
        first = scene.world.country(codes[0]) if codes else None
        return {"countries": codes, "zone": first.zone if first else group.zone}

    return changing("countries", chosen)(scene)


def heard_country(scene: Scene) -> Move | None:
    """A typed country is added."""
    found = scene.heard.countries if scene.heard else ()
    group = held(scene)
    if len(found) != 1 or group is None or not may(scene) or scene.world.country(found[0]) is None:
        return None
    return (scene if found[0] in group.countries else _toggled(scene, found[0])), "group/countries"


def languages(scene: Scene) -> Choices:
    """Those that the bot speaks."""
    known = scene.world.facts().get("languages")
    codes = [str(code) for code in known] if isinstance(known, list) else []
    return (*(_language(code) for code in codes), SETTINGS)


def _language(code: str) -> Choice:
    tap = act(f"l{code}", "{language}", "group/panel", changing("language", lambda _: {"language": code}))
    return Choice(tap.id, tap.label, tap.to, tap.do, tap.when, {"language": code})


def posted(scene: Scene) -> dict[str, Value]:
    """What was posted in 30 days, how much of it at night, and since when there is something to tell of."""
    group = held(scene)
    if group is None or not may(scene):
        return {"group": number_of(scene), "known": False}
    those = group.posted_since(scene.now - MONTH)
    kinds = [each.kind for each in those]
    return {
        "group": group.chat_id,
        "known": True,
        "kinds": {kind.value: kinds.count(kind) for kind in PostKind if kind in kinds},
        "all": len(those),
        "held": [group.hold.start, group.hold.end] if group.hold else None,
        "night": sum(group.is_held_at(each.at) for each in those),
        "changed": group.changed.isoformat() if group.changed else None,
        "change": group.change,
        "at_night": group.status_at_night,
    }


NIGHT = act(
    "night",
    N_("Answers to /status at night: on or off"),
    "group/posted",
    changing("status", lambda group: {"status_at_night": not group.status_at_night}),
)

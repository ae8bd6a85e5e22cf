"""Updates as nobody friendly sends them, made from the Bot API's shapes. The same seed gives the same ones.

maker = Maker(seed=1, chats=[7_100_000_000])
one = maker.one()  # one.update is without its number; one.shaped: Telegram's types throughout
"""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

from bot.telegram.updates import ALLOWED_UPDATES
from conversations import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Json = dict[str, Any]

MARK = "Rumpelstilz"
"""Stands in every name and in most texts; it must be nowhere in the log."""
GROUP, CHANNEL, BOT = -1_009_900_000_001, -1_009_900_000_002, 9_900_000_003
NOBODYS = (GROUP, CHANNEL, BOT, 9_900_000_004)
ANONYMOUS_ADMIN, LINKED_CHANNEL = 1_087_968_824, 777_000
"""Telegram's own accounts behind which groups' admins and channels write."""
LANGUAGES = (
    "de",
    "en",
    "pl",
    "fr",
    "ar",
    "he",
    "zh-hans",
    "pt-br",
    "DE_at",
    "en-US-x-twain",
    "xx",
    "",
    "-",
    "_",
    "de-",
    "ß",
    "../../etc",
    "x" * 500,
    "🇩🇪",
    "tlh",
)
TEXTS = (
    f"{MARK} hello",
    f"<b>{MARK}</i>&lt;&#0;<script>alert(1)</script>",
    f"{{{{7*7}}}}{{% raw %}}{MARK}%s{{0}}$(id)`id`",
    f"'; DROP TABLE people; -- {MARK}",
    f"\u202e{MARK}\u202c\u2066\u200b\u200d\ufeff",
    "\u200b\u200c\u200d",
    "\u0000\u0001\u001b[31m",
    f"مرحبا {MARK} שלום",
    "Z͑ͫ̓͂a" + "\u0300" * 500,
    "👨‍👩‍👧‍👦" * 300,
    "٣١٫١٢٫٢٠٢٦",
    "²³",
    "99999999999999999999",
    f"{MARK}@mail.example",
    "482913",
    "+49 30 1234567",
    "31.2.2026",
    "0.0.0",
    "1.1.99999",
    "🇩🇪🇩",
    "/",
    "//",
    "/ start",
    "/@",
    f"https://{MARK.lower()}@facebook.com:99999/help/contact/712876720715583?x=%00%ff#{MARK}",
    "https://[::1",
    "http://xn--a.xn--",
    "https://facebook.com\u200b.example",
    "fb.me/" + "a." * 1000,
    "mailto:x",
    "www.",
    "https://",
    "javascript:alert(1)",
    f"On 3 May 2025 {MARK} wrote:\n" + "> " * 900 + "we can't take further action",
    "\n" * 3000,
    "?" * 4096,
    "<" * 4096,
    "a" * 4096,
    f"Dear Sir, {MARK} " * 200,
    "&amp;" * 800,
    "-" * 4096,
    "1" * 4096,
    "W" * 4095 + "?",
    "😀" * 4096,
    f"{MARK} " * 4000,
    "https://" * 2500,
)
SURROGATES = ("\ud800", f"{MARK}\udfff", "\ud83d", "a\udc00b")
"""Telegram sends none: only whoever has the webhook's secret can."""
PAYLOADS = (
    "de_facebook",
    "pl_instagram_de",
    "ZZ_zz",
    "_",
    "___",
    "-",
    "de_" * 20,
    "x" * 64,
    "x" * 4000,
    "a b c",
    "<b>",
    "../..",
    "%00",
    "de_facebook\u0000",
    "data.delete:yes::1",
    f"de_facebook_{MARK}",
)
CHOICES = (
    "_back",
    "_cases",
    "yes",
    "no",
    "facebook",
    "instagram",
    "DE",
    "app",
    "form",
    "sent",
    "gone",
    "browser",
    "linked",
    "today",
    "c1",
    "c99",
    "00",
    "own",
    "all",
    "close",
    "-",
    ".",
    "a" * 24,
)
FORGED = (
    "",
    ":",
    "::::",
    "a.b:c::1",
    "start.hello:facebook::",
    "start.hello::1:1",
    "start.hello:facebook::0000000001",
    "é" * 32,
    "x" * 64,
    "x" * 5000,
    "start.hello:facebook:99999:1",
    "START.HELLO:facebook::1",
    "start.hello:facebook::٣",
    "start.hello:facebook::1\n",
    "data.delete:yes::1 ",
    "' OR 1=1",
    "{{7*7}}",
    "__proto__",
    "nudge.several:c20::1",
    "cases.case:close:9999:999999999",
)
ODD = (
    None,
    0,
    -1,
    10**18,
    2**63,
    10**40,
    1.5,
    True,
    False,
    "",
    "x",
    "10",
    f"<b>{MARK}",
    [],
    [[]],
    [None],
    [MARK],
    {},
    {"id": None},
    {"id": []},
    {MARK: MARK},
    *SURROGATES,
)
FILE = {"file_id": f"{MARK}-file", "file_unique_id": "u"}
IMAGE = {**FILE, "width": 90, "height": 90}
NAMES = (
    None,
    "",
    "objection-bot.json",
    f"{MARK}.json",
    "../../etc/passwd.json",
    "\u202enosj.exe",
    "a" * 4096 + ".json",
    ".json",
    "x.JSON",
)
SIZES = (None, 0, 1, 262_144, 262_145, 2**31, 10**18)
DEEP = 3000
"""Deeper than a parser goes."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One update without its number."""

    update: Json
    shaped: bool = True
    """As Telegram's types are: it must be remembered without a word. Else it may be refused, or told as unreadable."""
    asked_for: bool = False
    """Of a kind that getUpdates brings too."""


def person(number: int, **more: Any) -> Json:
    return {"id": number, "is_bot": False, "first_name": f"{MARK}<b>{number}", **more}


def private(number: int) -> Json:
    return {"id": number, "type": "private", "first_name": f"{MARK} {number}"}


def message(number: int, content: Json, language: str) -> Json:
    """What somebody sends to the bot."""
    who = person(number, language_code=language)
    return {"message_id": 5, "date": 1_796_288_400, "chat": private(number), "from": who, **content}


class Maker:
    """Makes them, one after the other. `chats` write in turn; `buttons` are what was shown to others."""

    def __init__(self, seed: int, chats: Sequence[int], victims: Sequence[int], buttons: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._turns, self._victims, self._buttons = cycle(chats), victims, buttons
        self.shown: dict[int, list[str]] = {}
        """The newest buttons of each who writes, to be filled by the test."""
        self._press = 0
        self._screens = [screen.replace("/", ".") for screen in registry.STEPS]
        self._kinds: dict[Callable[[], Json], int] = {
            self._text: 22,
            self._edited: 4,
            self._command: 8,
            self._pressed: 24,
            self._thing: 8,
            self._document: 4,
            self._forwarded: 4,
            self._service: 2,
            self._in_group: 6,
            self._in_channel: 3,
            self._membership: 3,
            self._crossed: 3,
            self._other_kind: 5,
            self._nobodys: 3,
        }

    def one(self) -> Hostile:
        """The next one: four of five shaped as Telegram shapes them."""
        made = self._random.choices([*self._kinds], [*self._kinds.values()])[0]()
        match self._random.randrange(20):
            case 0 | 1 | 2:
                return Hostile(self._bent(made), shaped=False)
            case 3:
                return Hostile(self._with_surrogates(made), shaped=False)
            case _:
                return Hostile(made, asked_for=_is_asked_for(made))

    def many(self, count: int) -> Iterator[Hostile]:
        return (self.one() for _ in range(count))

    def _any(self, values: Sequence[Any]) -> Any:
        return self._random.choice(values)

    def _writer(self) -> tuple[Json, Json]:
        number = next(self._turns)
        language = self._any([{}, {"language_code": self._any(LANGUAGES)}, {"language_code": "de"}])
        return person(number, **language), private(number)

    def _message(self, content: Json) -> Json:
        who, chat = self._writer()
        # Numbers of messages far beyond any that the bot has sent, or likely ones.
        number = self._any((self._random.randrange(1, 500), 10**9, 2**31 - 1))
        return {"message_id": number, "date": 1_796_288_400, "chat": chat, "from": who, **content}

    def _words(self) -> str:
        if self._random.random() < 0.8:
            return str(self._any(TEXTS))
        signs = (self._random.choice((0x20, 0x41, 0x300, 0x590, 0x600, 0x2000, 0x1F300, 0xE0000)) for _ in range(60))
        return "".join(chr(first + self._random.randrange(0x60)) for first in signs)

    def _text(self) -> Json:
        text = self._words()
        entities = [{"type": self._any(("bold", "url", "spoiler", "invented")), "offset": 10**6, "length": 10**6}]
        return {"message": self._message({"text": text, "entities": entities})}

    def _edited(self) -> Json:
        return {"edited_message": self._message({"text": self._words(), "edit_date": 1_796_288_500})}

    def _command(self) -> Json:
        names = [*registry.COMMANDS, "x", "START", f"start@{MARK}", "admin", "delete", "é" * 100, ""]
        if self._random.random() < 0.5:
            return {"message": self._message({"text": f"/start {self._any(PAYLOADS)}"})}
        return {"message": self._message({"text": f"/{self._any(names)} {self._any(('', self._words()))}"})}

    def _data(self, who: int) -> str:
        if self._random.random() < 0.4:  # one's own, or those of somebody else
            others = self._any([*self.shown.values()] or [self._buttons])
            return str(self._any(self._any((self.shown.get(who) or others, others)) or self._buttons))
        case, revision = self._any(("", "1", "2", "9999")), self._any((0, 1, 2, 3, 4, 5, 999_999_999))
        own = f"{self._any(self._screens)}:{self._any(CHOICES)}:{case}:{revision}"
        likely = f"start.hello:facebook::{self._random.randrange(1, 9)}"
        return str(self._any((own, own, likely, self._any(FORGED), self._any(self._buttons))))

    def _query(self, who: Json, message: Json | None) -> Json:
        self._press += 1
        on = {"message": message} if message else {"inline_message_id": MARK}
        made = {"id": str(8_000_000_000 + self._press), "from": who, "chat_instance": MARK, **on}
        return made | self._any(({"data": self._data(who["id"])},) * 9 + ({"game_short_name": MARK},))

    def _pressed(self) -> Json:
        who, chat = self._writer()
        number = self._any((self._random.randrange(1, 2000), 10**9))
        shown = {"message_id": number, "date": self._any((0, 1_796_288_400)), "chat": chat}
        if shown["date"]:
            shown |= {"from": person(BOT, is_bot=True), "text": self._words()}
        return {"callback_query": self._query(who, self._any((shown,) * 9 + (None,)))}

    def _crossed(self) -> Json:
        """Somebody presses or writes in a chat that is not theirs, as if the update were forged."""
        who, _ = self._writer()
        message = {"message_id": 5, "date": 1_796_288_400, "chat": private(self._any(self._victims)), "from": who}
        if self._random.random() < 0.3:
            return {
                self._any(("message", "edited_message")): message | {"text": self._any(("/delete", "/start", MARK))}
            }
        return {"callback_query": self._query(who, message | {"text": "x"})}

    def _nobodys(self) -> Json:
        """Without a sender, without a chat, from a bot, from a closed account."""
        message = self._message({"text": self._words()})
        match self._random.randrange(4):
            case 0:
                del message["from"]
            case 1:
                message["from"] = person(BOT, is_bot=True)
            case 2:
                message["from"] = message["from"] | {"first_name": "", "last_name": ""}
            case _:
                message |= {"sender_chat": message["chat"], "via_bot": person(BOT, is_bot=True)}
        return {"message": message}

    def _thing(self) -> Json:
        things: tuple[Json, ...] = (
            {"photo": [IMAGE]},
            {"photo": [IMAGE] * 50},
            {"photo": []},
            {"voice": {**FILE, "duration": 10**9}},
            {"sticker": {**IMAGE, "is_animated": False, "is_video": False, "type": "regular", "emoji": MARK}},
            {"location": {"longitude": 1e300, "latitude": -1e300}},
            {"contact": {"phone_number": MARK, "first_name": MARK}},
            {"video": {**IMAGE, "duration": 1}},
            {"dice": {"emoji": "🎲", "value": 64}},
            {"animation": {**IMAGE, "duration": 0}},
            {"venue": {"location": {"longitude": 1.0, "latitude": 1.0}, "title": MARK, "address": MARK}},
            {"audio": {**FILE, "duration": 1}},
            {"video_note": {**FILE, "length": 1, "duration": 1}},
            {"invented": {"deep": [MARK]}},
            {"story": {"chat": {"id": CHANNEL, "type": "channel", "title": MARK}, "id": 1}},
            {},
        )
        return {"message": self._message({**self._any(things), "caption": self._words()[:4096]})}

    def _document(self) -> Json:
        told = {
            "file_name": self._any(NAMES),
            "file_size": self._any(SIZES),
            "mime_type": self._any((None, "x", "a/b")),
        }
        document = FILE | {name: value for name, value in told.items() if value is not None}
        return {"message": self._message({"document": document, "caption": MARK})}

    def _forwarded(self) -> Json:
        channel = {"id": CHANNEL, "type": "channel", "title": MARK}
        origins: tuple[Json, ...] = (
            {"type": "user", "sender_user": person(9_900_000_004)},
            {"type": "hidden_user", "sender_user_name": MARK},
            {"type": "chat", "sender_chat": channel},
            {"type": "channel", "chat": channel, "message_id": 1},
            {"type": "invented"},
        )
        origin = {"date": 1_796_288_400, **self._any(origins)}
        quoted = {"reply_to_message": self._message({"text": self._words()}), "quote": {"text": MARK, "position": 0}}
        return {"message": self._message({"text": self._words(), "forward_origin": origin, **self._any(({}, quoted))})}

    def _service(self) -> Json:
        things: tuple[Json, ...] = (
            {"pinned_message": self._message({"text": MARK})},
            {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
            {"write_access_allowed": {}},
            {"new_chat_title": MARK},
            {"web_app_data": {"data": MARK, "button_text": MARK}},
            {"users_shared": {"request_id": 1, "users": [{"user_id": 9_900_000_004}]}},
            {"migrate_to_chat_id": GROUP},
        )
        return {"message": self._message(self._any(things))}

    def _in_group(self) -> Json:
        kind = self._any(("group", "supergroup"))
        group = {"id": GROUP, "type": kind, "title": MARK, "is_forum": True}
        anonymous = {"from": person(ANONYMOUS_ADMIN, is_bot=True), "sender_chat": group, "author_signature": MARK}
        linked = {"from": person(LINKED_CHANNEL), "sender_chat": {"id": CHANNEL, "type": "channel", "title": MARK}}
        message = self._message({"text": self._any((self._words(), "/start", "/delete")), "chat": group})
        message |= self._any(({}, anonymous, linked, {"message_thread_id": 7, "is_topic_message": True}))
        if self._random.random() < 0.4:
            return {"callback_query": self._query(message["from"], message)}
        return {self._any(("message", "edited_message")): message}

    def _in_channel(self) -> Json:
        post = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": CHANNEL, "type": "channel", "title": MARK},
            "text": self._words(),
        }
        return {self._any(("channel_post", "edited_channel_post", "message")): post}

    def _membership(self) -> Json:
        who, chat = self._writer()
        group = {"id": GROUP, "type": "supergroup", "title": MARK}
        status = self._any(("kicked", "member", "left", "invented"))
        bot = {"user": person(BOT, is_bot=True)}
        new = {**bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        change = {"from": who, "date": 1, "old_chat_member": {**bot, "status": "left"}, "new_chat_member": new}
        return {"my_chat_member": {**change, "chat": self._any((chat, group))}}

    def _other_kind(self) -> Json:
        who, chat = self._writer()
        kinds: tuple[Json, ...] = (
            {"inline_query": {"id": "1", "from": who, "query": self._words()[:256], "offset": MARK}},
            {"chosen_inline_result": {"result_id": "1", "from": who, "query": MARK}},
            {"business_message": self._message({"text": MARK})},
            {"dream": {"from": who, "chat": chat, "text": MARK}},
            {},
            {
                "message_reaction": {
                    "chat": chat,
                    "message_id": 1,
                    "user": who,
                    "date": 1,
                    "old_reaction": [],
                    "new_reaction": [],
                }
            },
            {"message": None},
            {"chat_join_request": {"chat": chat, "from": who, "user_chat_id": who["id"], "date": 1}},
        )
        return dict(self._any(kinds))

    def _bent(self, made: Json) -> Json:
        """Something of it, anywhere, is of another type, is missing, is huge, or is too deep."""
        bent = copy.deepcopy(made)
        for _ in range(self._any((1, 1, 1, 4))):
            places = list(_places(bent))
            if not places:
                return {"message": copy.deepcopy(self._any(ODD))}
            holder, key = self._any(places)
            match self._random.randrange(12):
                case 0:
                    del holder[key]
                case 1:
                    holder[key] = {"deep": DEEP}
                case _:
                    holder[key] = copy.deepcopy(self._any(ODD))
        return bent

    def _with_surrogates(self, made: Json) -> Json:
        bent = copy.deepcopy(made)
        for holder, key in _places(bent):
            if key in {"text", "data", "language_code", "first_name", "file_name", "caption", "title"}:
                holder[key] = self._any(SURROGATES) + str(holder[key])
        return bent


def _is_asked_for(update: Json) -> bool:
    return any(kind in ALLOWED_UPDATES and content for kind, content in update.items())


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """All places in it, as (holder, key)."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in list(pairs):
        yield value, key
        yield from _places(held)


def as_body(update: Json) -> bytes:
    """As it goes over HTTP: surrogates as escapes, what is to be deep deep."""
    deep = '{"deep":' * DEEP + "1" + "}" * DEEP
    return json.dumps(update).replace(json.dumps({"deep": DEEP}), deep).encode()

"""The keyboard below a chat, and a group or channel chosen by it, by Telegram's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import talking
from bot.sandbox.errors import DrivingError, bad_request, not_played
from bot.sandbox.service import INSIDE, RUNS, stand
from bot.sandbox.world import Message

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, Json, Person, World

PLAYED = {
    "request_id", "chat_is_channel", "chat_is_forum", "chat_is_created", "user_administrator_rights",
    "bot_administrator_rights", "bot_is_member",
}  # fmt: skip


def asked(chat: Chat, markup: Any) -> None:
    """What a message does to the keyboard below its chat; no keyboard in it leaves the one that is there."""
    if not isinstance(markup, dict):
        return
    if markup.get("remove_keyboard") is True:
        chat.asking = []
    if "keyboard" in markup:
        chat.asking = [[_button(chat, button) for button in row] for row in _rows(markup["keyboard"])]


def _rows(given: Any) -> list[list[Any]]:
    if not isinstance(given, list) or not given or not all(isinstance(row, list) for row in given):
        raise bad_request('can\'t parse reply keyboard markup JSON object: field "keyboard" must be an Array of Arrays')
    return given


def _button(chat: Chat, button: Any) -> Json:
    said: Any = {"text": button} if isinstance(button, str) else button
    if not isinstance(said, dict) or not str(said.get("text", "")).strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")
    if unknown := said.keys() - {"text", "request_chat"}:
        raise not_played(f"does not know {sorted(unknown)} of a keyboard button")
    request = said.get("request_chat")
    if request is not None:
        _check(chat, request)
    return dict(said)


def _check(chat: Chat, request: Any) -> None:
    if chat.type != "private":
        raise bad_request("chat request buttons are allowed in private chats only")
    if not isinstance(request, dict) or type(request.get("request_id")) is not int:
        raise bad_request('can\'t parse keyboard button request chat: field "request_id" must be a Number')
    if not isinstance(request.get("chat_is_channel"), bool):
        raise bad_request('can\'t parse keyboard button request chat: field "chat_is_channel" must be a Boolean')
    if unknown := request.keys() - PLAYED:
        raise not_played(f"does not know {sorted(unknown)} of a chat request")
    wanted, own = (_rights(request, name) for name in ("user_administrator_rights", "bot_administrator_rights"))
    if own - wanted:
        raise bad_request("BUTTON_INVALID: the bot's rights must be a subset of the user's")


def _rights(request: Json, name: str) -> set[str]:
    given = request.get(name)
    return {right for right, wanted in given.items() if wanted} if isinstance(given, dict) else set()


def share(world: World, by: Person, chosen: Chat) -> Message:
    """A person chooses a group or channel; the bot is let in first where the button asks for that."""
    request = _request(world, by, chosen)
    if chosen not in offered(world, by, request):
        raise DrivingError(409, f"{by.first_name} does not run that group: Telegram does not offer it")
    if request.get("bot_administrator_rights") and chosen.bot != "administrator":
        stand(world, chosen, by, "administrator")
    elif request.get("bot_is_member") and chosen.bot not in INSIDE:
        stand(world, chosen, by, "member")
    content = {"chat_shared": {"request_id": request["request_id"], "chat_id": chosen.id}}
    return talking.say(world, world.chats[by.id], Message(0, by.id, by.id, 0, content=content))


def offered(world: World, by: Person, request: Json) -> list[Chat]:
    """The groups or channels that Telegram would show this person for that button."""
    runs = bool(_rights(request, "user_administrator_rights"))
    return [
        each for each in world.chats.values()
        if by.id in each.members and not each.migrated_to and (each.type == "channel") == request["chat_is_channel"]
        and (not runs or each.members[by.id] in RUNS)
    ]  # fmt: skip


def _request(world: World, by: Person, chosen: Chat) -> Json:
    for button in (button for row in world.chats[by.id].asking for button in row):
        request: Json | None = button.get("request_chat")
        if request and request["chat_is_channel"] == (chosen.type == "channel"):
            return request
    raise DrivingError(409, "no button below this chat asks for that")

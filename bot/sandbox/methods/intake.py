"""How the bot gets its updates: by asking, or by a webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import method
from bot.sandbox.updates import Webhook

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import Json, World

LONGEST_POLL = 50.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, params: Params) -> list[Json]:
    """The earliest unconfirmed updates; `offset` confirms those before it."""
    limit = params.whole("limit", 100)
    _allow(world, params)
    if world.updates.webhook is None:
        world.updates.confirm(params.whole("offset"))
    seconds = min(max(0.0, float(params.whole("timeout"))), LONGEST_POLL)
    return await world.updates.poll(min(max(limit, 1), 100), seconds)


def _allow(world: World, params: Params) -> None:
    wanted: Any = params.json("allowed_updates")
    if wanted is None:
        return
    if not isinstance(wanted, list) or not all(isinstance(kind, str) for kind in wanted):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    world.updates.allowed = wanted


async def set_webhook(world: World, params: Params) -> bool:
    """Send updates to an address from now on. Plain http is allowed here, unlike in Telegram."""
    url, secret = params.text("url"), params.text("secret_token") or None
    if not url:
        return await delete_webhook(world, params)
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, params)
    connections = params.whole("max_connections", 40)
    if not 1 <= connections <= 100:
        connections = 40
    _drop(world, params)
    world.updates.webhook = Webhook(url, secret, connections)
    world.updates.changes.happen()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Back to asking."""
    _drop(world, params)
    world.updates.webhook = None
    world.updates.changes.happen()
    return True


def _drop(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()


async def get_webhook_info(world: World, params: Params) -> Json:
    """How the webhook does."""
    del params
    hook, updates = world.updates.webhook, world.updates
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if hook:
        info["max_connections"] = hook.connections
        if hook.error_at:
            info |= {"last_error_date": hook.error_at, "last_error_message": hook.error}
    return info | ({"allowed_updates": updates.allowed} if updates.allowed else {})


METHODS = (
    method("getUpdates", get_updates, "offset", "limit", "timeout", "allowed_updates"),
    method(
        "setWebhook", set_webhook,
        "url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates", "ip_address",
    ),
    method("deleteWebhook", delete_webhook, "drop_pending_updates"),
    method("getWebhookInfo", get_webhook_info),
)  # fmt: skip

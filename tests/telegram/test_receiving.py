import pytest

from bot.domain.errors import StorageError
from bot.loops.receive import Receiver


class Bot:
    """Gives one update for ever and notes from where on it was asked: what is asked for next confirms the rest."""

    def __init__(self):
        self.offsets = []

    async def _post(self, _method, data, **_how):
        self.offsets.append(data["offset"])
        return [{"update_id": 7}]


async def test_what_could_not_be_kept_is_not_confirmed():
    bot, kept = Bot(), []

    async def take(updates):
        if len(bot.offsets) == 1:
            raise StorageError("the disk is full")
        kept.extend(update.update_id for update in updates)

    receiver = Receiver(bot, take)
    with pytest.raises(StorageError):
        await receiver._once()
    await receiver._once()
    await receiver._once()

    assert bot.offsets == [None, None, 8]
    assert kept == [7, 7]

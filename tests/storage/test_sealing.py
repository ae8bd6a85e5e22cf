import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import SealError
from bot.storage import Changes, Seal, Store, key_file
from bot.storage.schema import metadata
from tests.storage.conftest import ANNA, BEN, CLEO, NOW, everything, person

FACTS = {"residence": "Liechtenstein", "case": "refused-by-mail"}


def forms_of(chat_id):
    """A chat id as it could stand in a file: text, SQLite's varint of a record, and fixed numbers of 8 bytes.

    SQLite keeps an INTEGER as big-endian of 1, 2, 3, 4, 6 or 8 bytes, a rowid as a varint.
    """
    size = next(size for size in (1, 2, 3, 4, 6, 8) if -(2 ** (8 * size - 1)) <= chat_id < 2 ** (8 * size - 1))
    return {
        "text": str(chat_id).encode(),
        "record": chat_id.to_bytes(size, "big", signed=True),
        "varint": varint(chat_id),
        "big": chat_id.to_bytes(8, "big", signed=True),
        "little": chat_id.to_bytes(8, "little", signed=True),
    }


def varint(number):
    number &= 2**64 - 1
    if number >= 2**56:
        number, last = number >> 8, [number & 0xFF]
        return bytes([0x80 | (number >> shift & 0x7F) for shift in range(49, -1, -7)] + last)
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(0x80 | number & 0x7F)
    return bytes(reversed(groups))


def bytes_of(folder):
    return b"".join(each.read_bytes() for each in Path(folder).rglob("*") if each.is_file())


def found_in(data, chat_id):
    return {name for name, form in forms_of(chat_id).items() if form in data}


@pytest.mark.parametrize("chat_id", [ANNA, BEN, CLEO])
async def test_a_copy_without_the_key_tells_nobody(store, tmp_path, chat_id):
    await store.save(everything(chat_id, 1, **FACTS))
    await store.backup(tmp_path / "data" / "copy.db")

    data = bytes_of(tmp_path / "data")

    assert b"facebook-2025" in data, "the report is open, so the search works"
    assert not found_in(data, chat_id)
    assert not [each for each in (b"Liechtenstein", b"refused-by-mail", b"residence") if each in data]


@pytest.mark.parametrize("chat_id", [ANNA, BEN, CLEO])
def test_the_search_finds_what_is_written_unsealed(tmp_path, chat_id):
    with closing(sqlite3.connect(tmp_path / "open.db")) as database:
        database.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, big, little)")
        forms = forms_of(chat_id)
        row = (chat_id, chat_id, json.dumps([chat_id, FACTS]), forms["big"], forms["little"])
        database.execute("INSERT INTO numbers VALUES (?, ?, ?, ?, ?)", row)
        database.commit()

    data = bytes_of(tmp_path)

    assert found_in(data, chat_id) == set(forms)
    assert b"Liechtenstein" in data


async def test_the_tables_with_people_are_all_sealed_or_hashed():
    for table in metadata.sorted_tables:
        if "sealed" in table.columns:
            assert any("hash" in column.info for column in table.columns), table.name


async def test_the_same_document_never_looks_the_same(seal):
    one, two = (seal.close("people", b"x" * 16, ANNA, FACTS) for _ in range(2))
    short = seal.close("people", b"x" * 16, ANNA, {})

    assert one != two
    assert len(one) == len(short), "its length tells little"
    assert seal.open("people", b"x" * 16, one) == (ANNA, FACTS)


@pytest.mark.parametrize("change", ["table", "owner", "bit", "cut", "empty"])
async def test_a_value_moved_or_changed_does_not_open(seal, change):
    sealed = seal.close("people", b"x" * 16, ANNA, FACTS)
    table = "watches" if change == "table" else "people"
    owner = b"y" * 16 if change == "owner" else b"x" * 16
    value = {"bit": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:20], "empty": b""}.get(change, sealed)

    with pytest.raises(SealError) as error:
        seal.open(table, owner, value)

    assert "\n" not in str(error.value)
    assert str(ANNA) not in str(error.value)


async def test_hashes_of_different_purposes_do_not_match(seal):
    assert len({seal.hash(purpose, ANNA) for purpose in ("chat", "report", "erasure", "watch")}) == 4


async def test_a_wrong_key_is_told_in_one_line(store, url, tmp_path):
    await store.save(everything(ANNA, 1))
    other = Seal.from_file(tmp_path / "elsewhere" / "data.key", on=NOW.date())

    with pytest.raises(SealError, match=r"^The database is sealed under key [0-9a-f]{8}, which is not in .*\.$"):
        await Store.open(url, other, now=NOW, backups=None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no key"),
        ("# nothing\n", "holds no key"),
        ("00000000 00 2026-11-23\n", "Line 1"),
        ("x\n", "Line 1"),
    ],
)
def test_a_damaged_key_file_is_told_in_one_line(tmp_path, text, told):
    path = tmp_path / "data.key"
    path.write_text(text)

    with pytest.raises(SealError, match=told):
        Seal.from_file(path, on=NOW.date())


def test_a_changed_digit_of_the_key_shows(seal):
    text = seal.path.read_text()
    key_id, key, _ = text.splitlines()[-1].split()
    seal.path.write_text(text.replace(key, ("0" if key[0] != "0" else "1") + key[1:]))

    with pytest.raises(SealError, match="damaged"):
        key_file.read(seal.path)
    assert key_id in text


def test_the_key_file_is_for_its_owner_only(seal):
    assert stat.S_IMODE(seal.path.stat().st_mode) == 0o600
    assert seal.warnings() == ()

    seal.path.chmod(0o644)

    assert seal.warnings() == (f"The key file {seal.path} can be read by others (mode 0644): chmod 600 {seal.path}",)


def test_a_key_file_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SealError, match="can't be"):
        Seal.from_file(tmp_path / "file" / "data.key", on=NOW.date())


def test_the_second_to_start_takes_the_key_of_the_first(tmp_path, monkeypatch):
    path = tmp_path / "data.key"
    first = Seal.from_file(path, on=NOW.date())
    monkeypatch.setattr(Path, "exists", lambda _: False)

    assert Seal.from_file(path, on=NOW.date()).key_id == first.key_id


def test_a_key_is_not_shown(seal):
    key = key_file.read(seal.path)[0]

    assert key.key.hex() not in repr(key)


async def test_a_damaged_person_is_named_as_such_and_holds_up_nobody(store):
    await store.save(Changes(NOW, people=[person(ANNA, wake_at=NOW), person(BEN, wake_at=NOW)]))
    broken = store._seal.hash("chat", ANNA)
    await store._database.write(
        lambda c: c.exec_driver_sql("UPDATE people SET sealed = x'00' WHERE chat_hash = ?", (broken,))
    )

    found = await store.gather([], [ANNA, BEN])

    assert (set(found.people), found.damaged) == ({BEN}, {ANNA})
    for _ in range(2):
        assert [each.chat_id for each in await store.wake(NOW, 2)] == [BEN]
    assert (await store.rows_of(ANNA))["people"][0]["sealed"] == "damaged: can't be opened"

"""A record that does not hold stops the start with one line: file, record, field."""

import pytest

from bot.domain.errors import KnowledgeError
from bot.knowledge import load

SOURCED = 'sources = ["somebody"]\nchecked = 2026-12-01\n'
FORM = {
    "service": '"facebook"',
    "purpose": '"own_data"',
    "url": '"https://www.facebook.com/help/contact/1"',
    "valid_from": "2026-01-01",
    "needs_login": "true",
    "sureness": '"high"',
}
PATH = {
    "service": '"facebook"',
    "place": '"app"',
    "order": "1",
    "labels": '{ en = ["Settings"] }',
    "as_of": "2026-01-01",
    "sureness": '"high"',
}
PAGE = {
    "url": '"https://www.facebook.com/privacy/genai"',
    "control": '"https://www.facebook.com/help/"',
    "sureness": '"high"',
}
PERIOD = '{ kind = "months", length = 1, article = "Art. 1" }'
LAW = {"law": '"Law"', "company_first": "false", "answer": PERIOD, "complaint": PERIOD}
COUNTRY = {"languages": '["pt"]', "zone": '"America/Sao_Paulo"', "jurisdiction": '"eu"'}
AUTHORITY = {
    "country": '"DE"',
    "name": '"Body"',
    "website": '"https://body.example"',
    "languages": '["de"]',
    "sureness": '"low"',
}
ADDRESS = {"lines": '["Meta"]', "as_of": "2026-01-01", "sureness": '"high"'}


def table(record, fields):
    return f'["{record}"]\n' + "".join(f"{key} = {value}\n" for key, value in fields.items()) + SOURCED


@pytest.fixture
def complaint_about(tmp_path):
    def stop(file, text):
        (tmp_path / file).write_text(text, encoding="utf-8")
        with pytest.raises(KnowledgeError) as stopped:
            load(tmp_path)
        line = str(stopped.value)
        assert "\n" not in line
        return line

    return stop


@pytest.mark.parametrize(
    ("file", "record", "fields", "field"),
    [
        ("forms.toml", "x", FORM | {"service": '"myspace"'}, "service"),
        ("forms.toml", "x", FORM | {"purpose": '"fun"'}, "purpose"),
        ("forms.toml", "x", FORM | {"url": '"http://www.facebook.com/1"'}, "url"),
        ("forms.toml", "x", FORM | {"url": '"https://meta-optout.example/1"'}, "url"),
        ("forms.toml", "x", FORM | {"url": '"https://facebook.com.evil.example/1"'}, "url"),
        ("forms.toml", "x", FORM | {"url": '"https://user@facebook.com/1"'}, "url"),
        ("forms.toml", "x", FORM | {"colour": '"blue"'}, "colour"),
        ("forms.toml", "x", FORM | {"valid_from": '"soon"'}, "valid_from"),
        ("forms.toml", "x", FORM | {"valid_until": "2025-01-01"}, "valid_until"),
        ("forms.toml", "x", FORM | {"successor": '"nobody"'}, "successor"),
        ("forms.toml", "x", FORM | {"successor": '"x"'}, "successor"),
        ("forms.toml", "x", FORM | {"serves": '["mars"]'}, "serves"),
        ("forms.toml", "x", FORM | {"countries": '["US"]'}, "countries"),
        ("forms.toml", "x", FORM | {"countries": '["Germany"]'}, "countries.0"),
        ("pages.toml", "x", PAGE | {"url": '"https://meta-optout.example/1"'}, "url"),
        ("pages.toml", "x", PAGE | {"control": '"http://www.facebook.com/help/"'}, "control"),
        ("pages.toml", "x", PAGE | {"sureness": '"quite"'}, "sureness"),
        ("paths.toml", "x", PATH | {"place": '"moon"'}, "place"),
        ("paths.toml", "x", PATH | {"order": "0"}, "order"),
        ("paths.toml", "x", PATH | {"labels": '{ de = ["Einstellungen"] }'}, "labels"),
        ("paths.toml", "x", PATH | {"labels": "{ en = [] }"}, "labels.en"),
        ("jurisdictions.toml", "x", LAW | {"holidays": '"XX"'}, "holidays"),
        (
            "jurisdictions.toml",
            "x",
            LAW | {"answer": '{ kind = "years", length = 1, article = "1" }'},
            "answer.kind",
        ),
        ("jurisdictions.toml", "x", LAW | {"answer": "{ }"}, "answer.kind"),
        ("countries.toml", "BR", COUNTRY | {"zone": '"Europe/Nowhere"'}, "zone"),
        ("countries.toml", "BR", COUNTRY | {"zone": '"../etc/passwd"'}, "zone"),
        ("countries.toml", "BR", COUNTRY | {"jurisdiction": '"mars"'}, "jurisdiction"),
        ("countries.toml", "BR", COUNTRY | {"holidays": '"XX"'}, "holidays"),
        ("authorities.toml", "x", AUTHORITY | {"country": '"US"'}, "country"),
        ("authorities.toml", "x", AUTHORITY | {"region": '"AT-9"'}, "region"),
        ("authorities.toml", "x", AUTHORITY | {"website": '"body"'}, "website"),
        ("authorities.toml", "x", AUTHORITY | {"email": '"body"'}, "email"),
        ("addresses.toml", "x", ADDRESS | {"lines": "[]"}, "lines"),
        ("addresses.toml", "x", ADDRESS | {"url": '"https://www.meta.com"'}, "lines"),
        ("addresses.toml", "x", ADDRESS | {"lines": "[]", "url": '"https://meta.example"'}, "url"),
    ],
)
def test_the_line_names_file_record_and_field(complaint_about, file, record, fields, field):
    line = complaint_about(file, table(record, fields))
    assert f"{file}: {record}: {field}" in line


def test_a_country_is_named_by_its_code_of_two_letters(complaint_about):
    line = complaint_about("countries.toml", table("Brazil", COUNTRY))
    assert "countries.toml: Brazil" in line


@pytest.mark.parametrize("missing", ["sources", "checked"])
def test_no_record_without_its_source(complaint_about, missing):
    text = "\n".join(line for line in table("x", FORM).splitlines() if not line.startswith(missing))
    assert f"forms.toml: x: {missing}" in complaint_about("forms.toml", text)


def test_two_records_of_one_id_are_refused(complaint_about):
    line = complaint_about("forms.toml", table("x", FORM) + table("x", FORM))
    assert "forms.toml" in line
    assert "x" in line


def test_what_is_no_record_is_refused(complaint_about):
    assert "forms.toml: x: (the whole record)" in complaint_about("forms.toml", "x = 1\n")


@pytest.mark.parametrize("text", ["[", "é"])
def test_what_is_no_toml_is_refused(complaint_about, text):
    assert "forms.toml: can't be read" in complaint_about("forms.toml", text)


@pytest.mark.parametrize(
    "file",
    [
        "questions.toml",
        "tongues.toml",
        "claims.toml",
        "days.toml",
        "answers.toml",
        "answers/de.toml",
        "answers/shared.toml",
    ],
)
def test_what_is_read_only_when_somebody_first_writes_stops_the_start_as_well(complaint_about, tmp_path, file):
    (tmp_path / "answers").mkdir()
    assert f"{file}: x: (the whole record)" in complaint_about(file, "x = 1\n")


def test_a_circle_of_successors_is_refused(complaint_about):
    circle = table("x", FORM | {"successor": '"y"'}) + table("y", FORM | {"successor": '"x"'})
    assert "forms.toml: x: successor" in complaint_about("forms.toml", circle)

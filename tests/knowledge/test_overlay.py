"""An operator's folder (KNOWLEDGE_DIR) laid over the shipped records."""

from datetime import date

import pytest

from bot.domain.errors import KnowledgeError
from bot.domain.forms import Service
from bot.knowledge import load

CHANGED = """
["facebook-2025"]
service = "facebook"
purpose = "own_data"
url = "https://www.facebook.com/help/contact/999"
serves = ["eu"]
valid_from = 2026-12-01
needs_login = true
sureness = "high"
sources = ["seen by the operator"]
checked = 2026-12-01
"""
A_COUNTRY = """
[BR]
languages = ["pt"]
zone = "America/Sao_Paulo"
jurisdiction = "br"
also = ["Brazilië"]
sources = ["the operator"]
checked = 2026-12-01
"""
A_LAW = """
[br]
law = "LGPD"
company_first = true
answer = { kind = "none", length = 1, article = "Art. 18 LGPD" }
complaint = { kind = "none", length = 3, article = "Art. 18 LGPD" }
sources = ["the operator"]
checked = 2026-12-01
"""


@pytest.fixture
def laid_over(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return load(tmp_path)

    return write


def test_a_record_with_the_same_id_is_replaced_as_a_whole(laid_over):
    form = laid_over(forms=CHANGED).forms["facebook-2025"]
    assert form.url.endswith("/999")
    assert form.titles == ()
    assert "CH" not in form.countries


def test_all_other_records_stay(laid_over, knowledge):
    world = laid_over(forms=CHANGED)
    assert set(world.forms) == set(knowledge.forms)
    assert world.forms["facebook-2024"] == knowledge.forms["facebook-2024"]


def test_the_replaced_form_is_the_one_to_use(laid_over):
    served = laid_over(forms=CHANGED).forms_for(service=Service.FACEBOOK, country="DE", on=date(2026, 12, 2))
    assert [form.id for form in served] == ["facebook-2025", "facebook-2024"]


def test_a_new_country_comes_with_its_law_and_its_names(laid_over):
    world = laid_over(countries=A_COUNTRY, jurisdictions=A_LAW)
    assert world.jurisdiction_of("BR").law == "LGPD"
    assert world.jurisdiction_of("BR").countries == {"BR"}
    assert world.countries["BR"].holidays == "BR"
    assert {"Brasil", "Brazilië"} <= set(world.names["BR"])


def test_an_empty_folder_changes_nothing(laid_over, knowledge):
    assert laid_over() == knowledge


def test_a_file_that_would_be_ignored_is_refused(laid_over):
    with pytest.raises(KnowledgeError, match=r"form\.toml: no such file is laid over"):
        laid_over(form=CHANGED)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match="KNOWLEDGE_DIR"):
        load(tmp_path / "missing")

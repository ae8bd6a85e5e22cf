import gettext
import os

import pytest

from bot.domain.errors import KnowledgeError
from bot.rendering import languages as module
from bot.rendering.languages import SOURCE, best_language, catalogue, languages, speakers


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Catalogues in a folder of their own, nothing remembered."""
    monkeypatch.setattr(module, "LOCALES", tmp_path)
    module.catalogue.cache_clear()
    yield tmp_path
    module.catalogue.cache_clear()


def written(folder, text):
    (folder / "pl" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    (folder / "pl" / "LC_MESSAGES" / "messages.po").write_text(text, "utf-8")
    return folder / "pl" / "LC_MESSAGES"


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Later"\nmsgstr "%s"\n'


def test_the_source_comes_first_and_every_language_has_a_name_for_itself():
    assert next(iter(languages())) == SOURCE
    assert all(each.name for each in languages().values())


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("pt-BR", "en"), ("xx", "en"), ("", "en"), (None, "en")],
)
def test_the_best_language_for_a_tag(wanted, language):
    assert best_language(wanted) == language


def test_the_source_needs_no_catalogue_and_others_translate():
    assert catalogue(SOURCE).gettext("Later") == "Later"
    assert catalogue("de").gettext("Later") != "Later"


def test_a_catalogue_is_read_from_its_source(elsewhere):
    written(elsewhere, PO % "Później")
    assert catalogue("pl").gettext("Later") == "Później"


def test_a_compiled_catalogue_is_taken_unless_it_is_older_than_its_source(elsewhere):
    folder = written(elsewhere, PO % "compiled")
    compiled = folder / "messages.mo"
    texts = catalogue("pl")
    from babel.messages import mofile, pofile

    with (folder / "messages.po").open("rb") as source, compiled.open("wb") as target:
        mofile.write_mo(target, pofile.read_po(source, locale="pl"))
    written(elsewhere, PO % "newer")
    os.utime(folder / "messages.po", (1, 1))
    catalogue.cache_clear()
    assert catalogue("pl").gettext("Later") == "compiled"
    os.utime(compiled, (0, 0))
    catalogue.cache_clear()
    assert catalogue("pl").gettext("Later") == "newer"
    assert isinstance(texts, gettext.GNUTranslations)


@pytest.mark.parametrize("text", [None, "this is no catalogue"])
def test_a_catalogue_that_cannot_be_read_is_named(elsewhere, text):
    if text is not None:
        written(elsewhere, text)
    with pytest.raises(KnowledgeError, match="locales/pl"):
        catalogue("pl")


def test_everybody_else_is_spoken_to_in_the_source():
    assert set(speakers()) == {None, *languages()} - {SOURCE}

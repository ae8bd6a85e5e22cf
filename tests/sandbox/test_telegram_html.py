from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import tidy, to_html
from bot.sandbox.errors import ApiError
from bot.sandbox.telegram_html import parse, utf16

GOOD = {
    "<b>bold</b> plain": ("bold plain", [("bold", 0, 4)]),
    "<strong><i>both</i></strong>": ("both", [("bold", 0, 4), ("italic", 0, 4)]),
    "1 &lt; 2 &amp;&amp; &quot;x&quot; &#65;&#x42;": ('1 < 2 && "x" AB', []),
    "&nbsp; &unknown;": ("&nbsp; &unknown;", []),
    "😀<u>x</u>": ("😀x", [("underline", 2, 1)]),
    '<a href="https://facebook.com/x?a=1&amp;b=2">go</a>': ("go", [("text_link", 0, 2)]),
    "<a>facebook.com</a>": ("facebook.com", [("text_link", 0, 12)]),
    '<a href="javascript:alert(1)">no</a>': ("no", []),
    '<pre><code class="language-py">x</code></pre>': ("x", [("pre", 0, 1)]),
    "<code><b>x</b></code>": ("x", [("code", 0, 1)]),
    '<span class="tg-spoiler">x</span>': ("x", [("spoiler", 0, 1)]),
    "<blockquote expandable>x</blockquote>": ("x", [("expandable_blockquote", 0, 1)]),
    "<B>x</>": ("x", [("bold", 0, 1)]),
    "  <b> x </b>\n": (" x", [("bold", 0, 2)]),
    "<b></b>x": ("x", []),
    "a\0<b>b</b>": ("a b", [("bold", 2, 1)]),
    "/start@bot see https://meta.com/a. a@b.de": (
        "/start@bot see https://meta.com/a. a@b.de",
        [("bot_command", 0, 10), ("url", 15, 18), ("email", 35, 6)],
    ),
}


@pytest.mark.parametrize(("source", "wanted"), GOOD.items())
def test_html_becomes_text_and_entities_as_in_telegram(source, wanted):
    text, entities = tidy(*parse(source))

    assert (text, [(each["type"], each["offset"], each["length"]) for each in entities]) == wanted


@pytest.mark.parametrize(
    ("source", "error"),
    {
        "<div>x</div>": 'Unsupported start tag "div" at byte offset 0',
        "<br>": 'Unsupported start tag "br" at byte offset 0',
        "ä<b>x": 'Can\'t find end tag corresponding to start tag "b"',
        "ä</b>": "Unexpected end tag at byte offset 2",
        "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        "a < b": 'Unsupported start tag "" at byte offset 2',
        "<b": "Unclosed start tag at byte offset 0",
        "<b>x</b": "Unclosed end tag at byte offset 4",
        '<a href="x': "Unclosed start tag at byte offset 0",
        "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
        "<a href=a_b>x</a>": "Unexpected end of name token at byte offset 8",
    }.items(),
)
def test_what_telegram_refuses_is_refused_in_its_words(source, error):
    with pytest.raises(ApiError) as refused:
        parse(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


PIECES = st.sampled_from(
    ["<b>", "</b>", "<i>", "</i>", "<a href='http://a.b'>", "</a>", "<pre>", "</pre>", "<code>", "</code>", "<", ">",
     "&lt;", "&", "&#128512;", "😀", "é", " ", "\n", "x", "/start", "http://a.bc", '"', "=", "</>", "<blockquote>",
     "</blockquote>"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_parsed_or_refused_and_entities_lie_within_it(source):
    try:
        text, entities = tidy(*parse(source))
    except ApiError:
        return
    length = utf16(text)
    assert all(0 <= each["offset"] < each["offset"] + each["length"] <= length for each in entities)
    assert "<script" not in to_html(text, entities)


@given(st.text())
def test_plain_text_written_as_html_reads_as_itself(text):
    clean, entities = tidy(text, [])

    again, _ = parse(to_html(clean, []))
    assert again == clean
    assert all(entity["type"] in {"bot_command", "url", "email", "mention"} for entity in entities)

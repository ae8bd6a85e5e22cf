"""The public page in a real browser: axe finds nothing, in light and dark, on a phone, without JavaScript."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_FILE_PATH

from tests.web.boards import eventful
from tests.web.status_pages import reader_of

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium"),
    pytest.mark.asyncio(loop_scope="module"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(AXE_FILE_PATH).read_text("utf-8")
RULES = """{resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"""
PAGES = ["/status", "/status/DE", "/status/incident/31", "/status/incident/22", "/status/accessibility", "/status/no"]
PHONE, DESK = 360, 1280


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url():
    async with reader_of(eventful()) as reader:
        yield str(reader.base_url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def opened(url, browser):
    """Opens a page as its readers do; nothing may be blocked, fail, or be asked of another host."""
    problems = []

    async def open_page(path, *, width=DESK, scheme="light", scripts=True):
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts,
        )  # fmt: skip
        page = await context.new_page()
        page.on("console", lambda said: problems.append(said.text) if "404" not in said.text else None)
        page.on("request", lambda asked: problems.append(asked.url) if not asked.url.startswith(url) else None)
        await page.goto(url + path)
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert [each for each in problems if not each.startswith("data:")] == []


async def faults(page):
    """What axe finds, each with the place it finds it at."""
    await page.evaluate(AXE)  # by the debugger's door: the page itself lets no script run
    found = await page.evaluate(f"axe.run(document, {RULES})")
    assert found["passes"], "axe looked at nothing"
    nodes = [(each["id"], node) for each in found["violations"] for node in each["nodes"]]
    return [(fault, node["target"], node["failureSummary"]) for fault, node in nodes]


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        ("/status", PHONE, "dark"),
        ("/status/incident/31", DESK, "light"),
        ("/status/GB", DESK, "light"),
        *(pytest.param(*each, marks=pytest.mark.long) for each in product(PAGES, (PHONE, DESK), ("light", "dark"))),
    ],
)
async def test_axe_finds_nothing_and_nothing_sticks_out(opened, path, width, scheme):
    page = await opened(f"{path}?lang=de" if width == PHONE else path, width=width, scheme=scheme)
    if await page.query_selector("summary"):
        await page.click("summary >> nth=0")

    assert await faults(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_axe_would_find_a_fault(opened):
    page = await opened("/status")
    await page.evaluate("document.querySelector('h1').style.color = '#eee'")
    await page.evaluate("document.documentElement.removeAttribute('lang')")

    assert {fault for fault, *_ in await faults(page)} >= {"color-contrast", "html-has-lang"}


async def test_without_javascript_and_by_keyboard_everything_is_reached(opened):
    page = await opened("/status?lang=en", width=PHONE, scripts=False)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**#main")
    await page.click(".countries >> text=Germany")
    await page.click("summary >> nth=0")
    assert await page.is_visible("td:has-text('3 hours 3 minutes')")
    await page.click("text=The evidence")
    assert await page.inner_text("h1") == "Outage 31"
    await page.click("text=Deutsch")
    assert await page.inner_text("h1") == "Ausfall 31"
    assert "lang=de" in page.url


async def test_twice_as_large_a_text_still_fits(opened):
    page = await opened("/status/DE", width=640)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 640


async def test_printed_it_is_black_on_white_even_from_a_dark_screen(opened):
    page = await opened("/status/DE", scheme="dark")
    await page.emulate_media(media="print", color_scheme="dark")
    colours = "(each => [each.backgroundColor, each.color])(getComputedStyle(document.body))"
    assert await page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]

"""The sandbox's page in a real browser: with the keyboard alone, on a phone's width, in the dark."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.seed import CHANNEL_ID, FIRST_PERSON, GROUP_ID
from tests.sandbox_server import running_sandbox

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium"),
    pytest.mark.asyncio(loop_scope="module"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
RENATE, KATHARINA = FIRST_PERSON, FIRST_PERSON + 3
KEYS = {
    "inline_keyboard": [
        [{"text": "Facebook", "callback_data": "fb"}, {"text": "Copy", "copy_text": {"text": "my words"}}],
        [{"text": "The form", "url": "https://www.facebook.com/help/contact/712876720715583"}],
    ]
}
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox():
    async with running_sandbox() as client:
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def opened(sandbox, browser):
    """Opens a page of the sandbox; nothing may go wrong on it unseen."""
    problems = []

    async def open_page(path="/", *, width=1280, height=800, scheme="light", patience=60_000):
        context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                            permissions=["clipboard-read", "clipboard-write"])  # fmt: skip
        context.set_default_timeout(patience)
        page = await context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: problems.append(asked.url) if not asked.url.startswith((sandbox.url, "data:")) else None,
        )
        await page.goto(sandbox.url + path)
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert problems == []


async def last_press(sandbox):
    """The press that the page sent, as soon as it is there: what came before it may still be pending."""
    last = {}
    while "callback_query" not in last:
        [*_, last] = await sandbox.ok("getUpdates", timeout=60, offset=-1)
    return last


async def greeted(sandbox, person=RENATE):
    await sandbox.ok("setMyDescription", description="Free. No names, no passwords.")
    await sandbox.ok("setMyCommands", commands=[{"command": "cases", "description": "Your cases"}])
    await sandbox.start(person, "de_facebook")
    text = "Good <b>day</b>. <pre>a block</pre> <blockquote>said</blockquote> https://www.facebook.com/help/"
    return await sandbox.ok("sendMessage", chat_id=person, text=text, parse_mode="HTML", reply_markup=KEYS)


async def focused(page):
    return await page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")


async def tab_to(page, wanted, at_most=60):
    for _ in range(at_most):
        await page.keyboard.press("Tab")
        if wanted in await focused(page):
            return
    raise AssertionError(f"the keyboard does not reach {wanted!r}")


async def test_somebody_starts_the_bot_reads_its_answer_and_presses_a_button(sandbox, opened):
    await sandbox.ok("setMyDescription", description="Free. No names, no passwords.")
    page = await opened()
    assert "This is not Telegram" in await page.inner_text("header")
    assert "Free. No names" in await page.inner_text("main")

    await page.click("text=START")
    await sandbox.ok("getUpdates", timeout=60)
    await sandbox.ok("sendMessage", chat_id=RENATE, text="Where?", reply_markup=KEYS)
    await page.click(".key:has-text('Facebook')")
    pressed = await last_press(sandbox)
    await sandbox.ok("answerCallbackQuery", callback_query_id=pressed["callback_query"]["id"], text="Noted")
    await page.wait_for_selector("#toast:has-text('Noted')")
    await sandbox.ok("editMessageText", chat_id=RENATE, message_id=2, text="Facebook it is")
    await page.wait_for_selector("text=Facebook it is")
    assert await page.locator(".keys").count() == 0


async def test_an_alert_is_a_dialog_and_copying_copies(sandbox, opened):
    await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    await page.click(".key:has-text('Copy')")
    await page.wait_for_selector("#toast:has-text('Copied')")
    assert await page.evaluate("navigator.clipboard.readText()") == "my words"

    await page.click("button:has-text('Facebook')")
    pressed = await last_press(sandbox)
    query = pressed["callback_query"]["id"]
    await sandbox.ok("answerCallbackQuery", callback_query_id=query, text="Only admins", show_alert=True)
    await page.wait_for_selector("dialog[open]:has-text('Only admins')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog:not([open])", state="attached")


async def test_everything_is_done_with_the_keyboard_alone(sandbox, opened):
    await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the message box"
    await page.keyboard.press("Enter")
    await page.keyboard.type("hello from the keys")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".mine:has-text('hello from the keys')")

    await page.reload()
    await tab_to(page, "Facebook")
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    await tab_to(page, "+1 day")
    await page.keyboard.press("Space")
    await page.wait_for_selector("text=moved by +1.0 days")
    assert await focused(page) == "+1 day"


async def test_the_focus_stays_where_the_message_changes_under_it(sandbox, opened):
    sent = await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    await page.focus("button:has-text('Facebook')")
    await sandbox.ok("editMessageText", chat_id=RENATE, message_id=sent["message_id"], text="Next", reply_markup=KEYS)
    await page.wait_for_selector("text=Next")

    assert await focused(page) == "Facebook"


async def test_a_link_to_meta_opens_the_sandboxs_page_as_that_person(sandbox, opened):
    await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    async with page.expect_popup() as popup:
        await page.click("text=The form")
    form = await popup.value
    await form.wait_for_selector("text=this stands for Meta’s page")
    await form.click("text=Log in as Renate")
    assert await form.input_value("#email") == "renate@example.org"
    await form.click("button:has-text('Send')")
    await form.wait_for_selector("text=Thank you for contacting us")
    await page.wait_for_selector(".mails:has-text('received your objection')")


async def test_a_form_is_broken_and_mended(sandbox, opened):
    page = await opened(f"/?as={RENATE}")
    await page.select_option("select[name=form]", "facebook-2025")
    await page.click("text=Switch")
    await page.wait_for_selector("text=facebook-2025, DE: is gone")
    await page.click("text=Mend")
    await page.wait_for_selector("text=All forms answer.")


async def test_files_photos_and_commands_are_sent(sandbox, opened):
    await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    await page.click("text=Send something else")
    await page.click("text=A photo")
    await page.set_input_files("[data-file]", {"name": "export.json", "mimeType": "application/json", "buffer": b"{}"})
    await page.wait_for_selector("a:has-text('export.json')")
    await page.click("text=Menu of commands")
    await page.click("text=/cases")
    await page.wait_for_selector(".mine:has-text('/cases')")

    kinds = [message["content"].keys() for message in await sandbox.messages(RENATE) if not message["by_bot"]]
    assert [sorted(kind) for kind in kinds] == [[], ["photo"], ["document"], []]


async def test_a_new_message_for_somebody_else_is_shown(sandbox, opened):
    page = await opened(f"/?as={RENATE}")
    await greeted(sandbox, KATHARINA)

    await page.wait_for_selector(f"#as-{KATHARINA} .unread:has-text('1')")


async def test_a_group_has_topics_and_its_switches(sandbox, opened):
    page = await opened(f"/?as={KATHARINA}&chat={GROUP_ID}&thread=2")
    await page.fill("#say", "/status")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".mine:has-text('/status')")
    await page.click("text=Close this topic")
    await page.wait_for_selector("text=closed the topic")
    await page.click("text=Remove")
    await page.wait_for_selector("text=It is: removed.")

    assert (await sandbox.messages(GROUP_ID))[0]["thread"] == 2


async def test_the_bot_is_asked_inline_and_a_share_link_is_sent_on(sandbox, opened):
    page = await opened(f"/?as={KATHARINA}&chat={GROUP_ID}&thread=2")
    await page.fill("#say", "@objection_sandbox_bot AT")
    [asked] = await sandbox.ok("getUpdates", timeout=60)
    said = {"type": "article", "id": "AT", "title": "Austria", "input_message_content": {"message_text": "Seen today"}}
    await sandbox.ok("answerInlineQuery", inline_query_id=asked["inline_query"]["id"], results=[said])
    await page.click("#inline button:has-text('Austria')")
    await page.wait_for_selector(".mine:has-text('via @objection_sandbox_bot')")

    await sandbox.start(KATHARINA)
    share = {"text": "Share", "url": "https://t.me/share/url?url=https%3A%2F%2Fmeta.com&text=Look"}
    await sandbox.ok("sendMessage", chat_id=KATHARINA, text="x", reply_markup={"inline_keyboard": [[share]]})
    page = await opened(f"/?as={KATHARINA}")
    async with page.expect_popup() as popup:
        await page.click("text=Share")
    step = await popup.value
    await step.click(".asked a:has-text('Notes on Meta')")
    assert await step.input_value("#say") == "https://meta.com\nLook"


async def test_a_group_or_channel_is_chosen_by_the_keyboard_below_the_chat(sandbox, opened):
    await sandbox.start(KATHARINA)
    rights = {key: {"can_post_messages": True} for key in ("user_administrator_rights", "bot_administrator_rights")}
    request = {"request_id": 2, "chat_is_channel": True} | rights
    rows = [[{"text": "A channel", "request_chat": request}], [{"text": "None of these"}]]
    await sandbox.ok("sendMessage", chat_id=KATHARINA, text="Which?", reply_markup={"keyboard": rows})
    page = await opened(f"/?as={KATHARINA}")
    await page.click("summary:has-text('A channel')")
    await page.click(".keyboard button:has-text('Notes on Meta')")
    await page.click(".keyboard button:has-text('None of these')")
    await page.wait_for_selector(".mine:has-text('None of these')")

    shared = [each["message"].get("chat_shared") for each in await sandbox.ok("getUpdates") if "message" in each]
    assert {"request_id": 2, "chat_id": CHANNEL_ID} in shared


@pytest.mark.parametrize("pane", ["People", "Chat", "Controls"])
async def test_at_360_pixels_nothing_is_cut_off(sandbox, opened, pane):
    await greeted(sandbox)
    await sandbox.ok("sendMessage", chat_id=RENATE, text="Donaudampfschifffahrt" * 20)
    page = await opened(f"/?as={RENATE}", width=360, height=740)
    await page.click(f".panes >> text={pane}")

    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    small = await page.evaluate(SMALL)
    assert small == []


SMALL = """() => [...document.querySelectorAll('button, a, select, input, summary')]
  .filter((each) => each.getClientRects().length)
  .filter((each) => !each.closest('.hidden, .text, .media') && !each.matches('.skip, .hidden'))
  .filter((each) => each.getBoundingClientRect().height < 24 || each.getBoundingClientRect().width < 24)
  .map((each) => each.outerHTML)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [f"/?as={RENATE}", f"/?as={KATHARINA}&chat={GROUP_ID}&thread=2",
     f"/meta/www.facebook.com/help/contact/712876720715583?person={KATHARINA}"],
)  # fmt: skip
async def test_all_words_stand_out_from_what_is_behind_them(sandbox, opened, scheme, path):
    await greeted(sandbox)
    await greeted(sandbox, KATHARINA + 1)
    await sandbox.form("facebook-2024", "gone", "DE")
    await sandbox.say(GROUP_ID, "/status", by=KATHARINA, thread=2)
    page = await opened(path, scheme=scheme)
    for summary in await page.query_selector_all("summary"):
        await summary.click()

    assert await page.evaluate(CONTRAST) == []


async def test_every_field_and_landmark_has_a_name(sandbox, opened):
    await greeted(sandbox)
    page = await opened(f"/?as={RENATE}")
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll('input, select, textarea')]
             .filter((each) => !each.labels.length && !each.ariaLabel).map((each) => each.outerHTML)"""
    )
    landmarks = await page.evaluate("[...document.querySelectorAll('nav, aside')].map((each) => each.ariaLabel)")
    doubled = await page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )

    assert (nameless, doubled) == ([], [])
    assert landmarks == ["People and groups to play as", "Clock, switches and mailbox"]
    assert await page.get_attribute("html", "lang") == "en"
    assert await page.get_attribute("#log", "aria-live") == "polite"
    assert await page.get_attribute("#m2", "lang") == "de"

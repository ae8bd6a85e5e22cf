"use strict";
// Follows the sandbox by long polling, and turns what people do on the page into calls of its driving API.

const page = document.body.dataset;
const log = document.getElementById("log");
const list = document.getElementById("messages");
const composer = document.getElementById("composer");
const box = document.getElementById("say");
const shown = new Map([...list.children].map((item) => [item.id, item.outerHTML.trim()]));
const drawn = {};
let revision = page.revision;
let toastTimer;

async function send(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body || {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || answer.description || response.statusText);
  return answer;
}

function tell(text) {
  const toast = document.getElementById("toast");
  toast.hidden = false;
  toast.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, Math.max(4000, text.length * 70));
}

function guarded(deed) {
  return async (...args) => {
    try { return await deed(...args); } catch (error) { tell(error.message); return null; }
  };
}

// Parts of the page -------------------------------------------------------------------------------

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function atEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

function drawMessages(messages) {
  const ids = new Set(messages.map((message) => `m${message.id}`));
  for (const item of [...list.children]) if (!ids.has(item.id)) { shown.delete(item.id); item.remove(); }
  messages.forEach((message, at) => drawMessage(`m${message.id}`, message.html.trim(), at));
}

function drawMessage(id, html, at) {
  if (shown.get(id) === html) return;
  shown.set(id, html);
  const old = document.getElementById(id);
  const item = made(html);
  if (!old) { list.insertBefore(item, list.children[at] || null); return; }
  const held = old.contains(document.activeElement);
  old.replaceWith(item);
  // A pressed button may be gone with the message's old text; the keyboard goes on from its place.
  if (held) (item.querySelector("button, a") || log).focus();
}

function drawPart(name, html) {
  const part = document.querySelector(`[data-part="${name}"]`);
  if (!part || drawn[name] === html) return;
  const active = part.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...part.querySelectorAll("details[open]")].map((each) => each.id || each.className);
  drawn[name] = html;
  part.innerHTML = html;
  for (const each of part.querySelectorAll("details")) each.open = open.includes(each.id || each.className);
  if (active && document.getElementById(active)) document.getElementById(active).focus();
}

async function refresh() {
  const response = await fetch(`/page/parts?${page.query}`);
  if (!response.ok) throw new Error(response.statusText);
  const now = await response.json();
  const follows = atEnd();
  revision = now.revision;
  drawMessages(now.messages);
  for (const [name, html] of Object.entries(now.parts)) drawPart(name, html);
  if (follows) log.scrollTop = log.scrollHeight;
  showComposer();
}

function showComposer() {
  composer.hidden = Boolean(document.querySelector("#start, #restart"));
}

async function follow() {
  for (;;) {
    try {
      const response = await fetch(`/sandbox/changes?after=${revision}&timeout=25`);
      if (!response.ok) throw new Error(response.statusText);
      if (String((await response.json()).revision) !== String(revision)) await refresh();
    } catch {
      tell("The sandbox does not answer. Is it still running?");
      await new Promise((done) => { setTimeout(done, 3000); });
    }
  }
}

// What people do ----------------------------------------------------------------------------------

// `@bot words` typed into any chat asks it inline: its answers stand above the box, one tap puts one into the chat.

const answers = document.getElementById("inline");
let asking = 0;
let askTimer;

function asksInline() {
  const [, words] = box.value.match(new RegExp(`^@${page.bot}\\s(.*)$`, "is")) || [];
  return words;
}

function askSoon() {
  clearTimeout(askTimer);
  asking += 1;
  answers.hidden = true;
  if (asksInline() !== undefined) askTimer = setTimeout(ask, 250, asking);
}

const ask = guarded(async (number) => {
  const query = asksInline().trim();
  const found = await send(`/sandbox/chats/${page.chat}/inline`, { from: Number(page.person), query });
  if (number !== asking) return;
  answers.replaceChildren(...(found.results || []).map((result) => offer(found.id, result)));
  if (!found.results) answers.textContent = "The bot has not answered. Is it running?";
  else if (!found.results.length) answers.textContent = "No answer to that.";
  answers.hidden = false;
});

function offer(question, result) {
  const button = made('<button type="button"><strong></strong><span class="facts"></span></button>');
  button.firstChild.textContent = result.title;
  button.lastChild.textContent = result.description;
  button.onclick = guarded(async () => {
    const thread = Number(page.thread) || undefined;
    await send(`/sandbox/chats/${page.chat}/inline/${question}`, { from: Number(page.person), result: result.id, thread });
    box.value = "";
    askSoon();
    box.focus();
  });
  return button;
}

function say(message) {
  const thread = Number(page.thread) || undefined;
  const forward = composer.elements.forward.checked || undefined;
  return send(`/sandbox/chats/${page.chat}/messages`, { from: Number(page.person), thread, forward, ...message });
}

const sayText = guarded(async () => {
  const text = box.value.trim();
  if (!text) return;
  await say({ text });
  box.value = "";
  askSoon();
  composer.elements.forward.checked = false;
  box.focus();
});

const press = guarded(async (button) => {
  button.setAttribute("aria-busy", "true");
  const order = { from: Number(page.person), message_id: Number(button.dataset.message), data: button.dataset.press };
  const { answer } = await send(`/sandbox/chats/${page.chat}/press`, order);
  button.removeAttribute("aria-busy");
  if (!answer) { tell("The bot has not answered this press. Is it running?"); return; }
  if (answer.text && answer.show_alert) {
    document.getElementById("alert-text").textContent = answer.text;
    document.getElementById("alert").showModal();
  } else if (answer.text) tell(answer.text);
});

const copy = guarded(async (text) => {
  await navigator.clipboard.writeText(text);
  tell("Copied.");
});

const sendFile = guarded(async (input) => {
  const [file] = input.files;
  if (!file) return;
  const url = await new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
  const content = url.slice(url.indexOf(",") + 1);
  await say({ document: { name: file.name, mime: file.type || "application/octet-stream", content } });
  input.value = "";
});

const order = guarded(async (element, body) => {
  const answer = await send(element.dataset.post, body);
  const { then } = element.dataset;
  if (then === "as") window.location.href = `/?as=${answer.id}`;
  else if (then === "private" && page.chat !== page.person) window.location.href = `/?as=${page.person}`;
  else if (then === "dismiss") { element.closest(".asked").remove(); box.focus(); }
});

const tick = guarded(async () => {
  const logins = { facebook: [], instagram: [] };
  for (const each of document.querySelectorAll("[data-login]:checked")) logins[each.dataset.login].push(each.value);
  await send(`/sandbox/people/${page.person}`, { logins });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (dataset.press) press(button);
  else if (dataset.copy !== undefined) copy(dataset.copy);
  else if (dataset.inline !== undefined) { box.value = `@${page.bot} `; box.focus(); askSoon(); }
  else if (dataset.text) guarded(say)({ text: dataset.text });
  else if (dataset.kind) guarded(say)({ [dataset.kind]: true });
  else if (dataset.command) guarded(say)({ text: dataset.command });
  else if (dataset.pane) showPane(dataset.pane);
  else if (dataset.post) order(button, JSON.parse(dataset.body || "{}"));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-say]")) { event.preventDefault(); sayText(); }
  if (form.matches("[data-post]")) { event.preventDefault(); order(form, Object.fromEntries(new FormData(form))); }
});

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-login]")) tick();
  if (target.matches("[data-file]")) sendFile(target);
  if (target.matches("[data-change]")) guarded(send)(target.dataset.change, { [target.name]: target.value });
});

box.addEventListener("input", askSoon);

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sayText(); }
});

// On a narrow screen one pane is shown at a time --------------------------------------------------

function showPane(name) {
  for (const pane of document.querySelectorAll(".pane")) pane.classList.toggle("shown", pane.id === name);
  for (const button of document.querySelectorAll("[data-pane]")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  }
  if (name === "talk") log.scrollTop = log.scrollHeight;
}

document.body.classList.add("js");
showPane("talk");
showComposer();
log.scrollTop = log.scrollHeight;
follow();

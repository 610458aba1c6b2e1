"use strict";
// The plain chat: memory only, nothing in cookies or storage, text never as HTML.
const settings = JSON.parse(document.body.dataset.settings);
const talk = document.getElementById("talk");
const form = document.getElementById("write");
const field = document.getElementById("text");
const first = talk.cloneNode(true);
let session = null;
let hints = { language: settings.language, audience: settings.audience, country: settings.country };
let waiting = Promise.resolve();

const string = (name, values = {}) =>
  Object.entries(values).reduce(
    (text, [key, value]) => text.replace("{" + key + "}", value),
    settings.strings[name] || "");

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function link(address, text) {
  const node = make("a", "", text);
  node.href = address;
  if (/^https:/.test(address)) { node.target = "_blank"; node.rel = "noopener noreferrer"; }
  return node;
}

function block(part) {
  const node = make({ paragraph: "p", list: "ul", steps: "ol" }[part.kind]);
  for (const item of part.items) {
    const line = part.kind === "paragraph" ? node : node.appendChild(make("li"));
    for (const span of item) {
      if (span.href && /^https:/.test(span.href)) line.append(link(span.href, span.text));
      else line.append(span.bold ? make("strong", "", span.text) : span.text);
    }
  }
  return node;
}

function contact(card) {
  const node = make("section", "contact");
  node.append(make("h3", "", card.name));
  const kind = string("kind." + card.kind);
  if (kind && kind !== card.name) node.append(make("div", "meta", kind));
  const number = (value) => value.replace(/[^\d+*#]/g, "");
  if (card.phone) {
    // A number is dialled only where it is one number, not a sentence of several.
    const single = /^[\d\s()+*#-]+$/.test(card.phone);
    const text = string("contact.call", { number: card.phone });
    node.append(single ? link("tel:" + number(card.phone), text) : make("div", "", text));
  }
  if (card.sms) {
    const single = /^[\d\s()+-]+$/.test(card.sms);
    const text = string("contact.text", { number: card.sms });
    node.append(single ? link("sms:" + number(card.sms), text) : make("div", "", text));
  }
  if (card.chat && /^https?:/.test(card.chat)) node.append(link(card.chat, string("contact.chat")));
  if (card.url && /^https?:/.test(card.url)) node.append(link(card.url, string("contact.website")));
  const facts = [];
  if (card.kind !== "emergency") {
    if (card.open_now === true) facts.push(string("contact.open"));
    if (card.open_now === false) facts.push(string("contact.closed"));
    facts.push(card.hours || string("contact.hours_unknown"));
    if (card.free) facts.push(string("contact.free"));
  }
  if (card.seen_on) facts.push(string("contact.seen", { date: card.seen_on }));
  if (card.source_date) facts.push(string("contact.source_dated", { date: card.source_date }));
  if (card.note) facts.push(card.note);
  node.append(make("div", "meta", facts.join(" · ")));
  return node;
}

function bubble(message, language, card) {
  const node = make("div", "bubble bot" + (card === "danger" && message.contacts.length ? " danger" : ""));
  node.lang = language;
  node.dir = settings.rtl.includes(language) ? "rtl" : "ltr";
  if (message.blocks.length) for (const part of message.blocks) node.append(block(part));
  else node.append(make("p", "", message.text));
  for (const card of message.contacts) node.append(contact(card));
  if (message.sources.length) {
    const list = make("div", "sources");
    list.textContent = message.sources.map((s) => [s.publisher, s.year].filter(Boolean).join(" ")).join(" · ");
    node.append(list);
  }
  if (message.choices.length) {
    const row = make("div", "choices");
    for (const choice of message.choices) {
      const button = make("button", "", choice.label);
      button.type = "button";
      button.addEventListener("click", () => say({ choice: choice.choice }, choice.label));
      row.append(button);
    }
    node.append(row);
  }
  return node;
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function ask(body) {
  for (const pause of [1000, 2000, 4000, null]) {
    try {
      const response = await fetch("/api/chat", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const reply = await response.json();
      if (reply.messages) return reply;
    } catch (problem) { /* tried again below with the same id */ }
    if (pause === null) return null;
    await wait(pause);
  }
}

function say(what, shown) {
  const mine = make("div", "bubble me", shown);
  mine.setAttribute("aria-label", string("page.you") + ": " + shown);
  mine.dir = "auto";
  talk.append(mine);
  const pending = make("p", "meta", string("page.waiting"));
  talk.append(pending);
  pending.scrollIntoView({ block: "end" });
  const id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
  waiting = waiting.then(async () => {
    const reply = await ask({ session, id, ...what, ...hints });
    pending.remove();
    if (!reply) {
      talk.append(make("div", "bubble bot", string("page.offline")));
      return;
    }
    session = reply.session;
    hints = {};
    for (const message of reply.messages) talk.append(bubble(message, reply.language, reply.card));
    mine.scrollIntoView({ block: "start" });
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  say({ text }, text);
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
for (const kind of ["paste", "drop"]) {
  field.addEventListener(kind, (event) => {
    const data = event.clipboardData || event.dataTransfer;
    if (data && data.files.length) {
      event.preventDefault();
      talk.append(make("div", "bubble bot", string("page.picture")));
    }
  });
}

function end() {
  if (session) navigator.sendBeacon("/api/session/end", JSON.stringify({ session }));
  session = null;
  talk.replaceChildren(...first.cloneNode(true).children);
  hints = { language: settings.language, audience: settings.audience, country: settings.country };
}
document.getElementById("clear").addEventListener("click", end);
document.getElementById("exit").addEventListener("click", () => {
  end();
  window.location.replace("https://www.wikipedia.org/");
});
document.getElementById("language").addEventListener("change", (event) => {
  end();
  window.location.replace("/?language=" + encodeURIComponent(event.target.value));
});
window.addEventListener("pageshow", (event) => { if (event.persisted) end(); });

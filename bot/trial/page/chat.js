// The chat of one person: a column on a wide screen, the whole of a narrow one.
import { el, icon, button, avatar, menu } from "./dom.js";
import { t, pick } from "./words.js";
import { get, post } from "./net.js";
import { bubble } from "./message.js";
import { Composer } from "./composer.js";
import { openInvitation, startCode, alertBox } from "./dialogs.js";
import { dayKey, dayName, summary } from "./text.js";

const answerWithin = 15000; // how long Telegram lets a button spin

export class Chat {
  constructor(app, state) {
    this.app = app;
    this.id = state.id;
    this.state = state;
    this.serial = 0;
    this.used = performance.now(); // when somebody last pressed or typed here
    this.followed = true; // the newest message is in sight and stays so
    this.messages = new Map(); // by id
    this.nodes = new Map(); // bubbles by key
    this.waiting = new Map(); // taps by "message:row:column"
    this.command = (text) => this.act("say", { text });
    this.link = (url) => this.follow(url);
    this.build();
  }

  build() {
    this.header = el("header", { class: "chat-header" });
    this.pins = el("div", { class: "pins", hidden: true });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("messages"), tabindex: "0" });
    this.toasts = el("div", { class: "toasts", role: "status", "aria-live": "assertive" });
    this.jump = button(t("newest"), { class: "jump", hidden: true, onclick: () => this.toEnd() }, icon("down"));
    this.composer = new Composer(this);
    this.node = el("section", { class: "chat", "data-person": this.id, "aria-label": t("chatOf", { name: this.name() }) },
      this.header, this.pins, el("div", { class: "log-frame" }, this.log, this.toasts, this.jump), this.composer.node);
    this.log.addEventListener("scroll", () => { if (this.log.clientHeight === this.height) this.jump.hidden = this.followed = this.atEnd(); });
    for (const kind of ["pointerdown", "keydown"]) this.node.addEventListener(kind, () => { this.used = performance.now(); });
    new ResizeObserver(() => this.resized()).observe(this.log);
    this.drawHeader();
  }

  name() { return [this.state.first, this.state.last].filter(Boolean).join(" "); }

  botName() { return this.state.bot_name; }

  // load asks for the whole chat; events that are older than it are ignored,
  // and so is an answer that events have overtaken.
  async load() {
    const { serial, chat, messages } = await get("api/chat/" + this.id);
    if (serial < this.serial) return this.load();
    this.serial = serial;
    this.messages = new Map(messages.map((m) => [m.message_id, m]));
    this.state = chat;
    this.redraw();
    this.toEnd();
    this.read();
  }

  redraw() {
    this.nodes.clear();
    this.log.replaceChildren();
    this.drawState();
    for (const m of this.messages.values()) this.place(m);
  }

  // renew takes what the bot now says about itself.
  renew({ commands, bot_name, description }) {
    Object.assign(this.state, { commands, bot_name, description });
    this.drawState();
  }

  apply(e) {
    if (e.kind === "answer") return this.answered(e); // is part of no state
    if (e.serial <= this.serial) return;
    this.serial = e.serial;
    if (e.kind === "message") this.message(e.message);
    if (e.kind === "deleted") this.remove(e.id);
    if (e.kind === "action") this.acting(e.action);
    if (e.kind === "chat") { this.state = e.chat; this.drawState(); }
  }

  message(m) {
    const isNew = !this.messages.has(m.message_id);
    const stay = this.followed || (isNew && !m.from?.is_bot);
    this.messages.set(m.message_id, m);
    this.place(m);
    if (isNew && m.from?.is_bot) this.acting("");
    if (stay) this.toEnd();
    else this.jump.hidden = false;
    if (isNew) this.read();
  }

  key(m) { return m.media_group_id ? "album" + m.media_group_id : "m" + m.message_id; }

  // place puts the bubble of a message where it belongs: ids only grow, so a
  // new one goes to the end and a changed one into its old place, where it
  // keeps the focus if it had it.
  place(m) {
    const key = this.key(m);
    const list = m.media_group_id ? [...this.messages.values()].filter((x) => x.media_group_id === m.media_group_id) : [m];
    const fresh = bubble(list, this);
    const old = this.nodes.get(key);
    const held = old?.contains(document.activeElement) ? document.activeElement.dataset : null;
    if (old) old.replaceWith(fresh);
    else {
      this.day(m.date);
      this.log.append(fresh);
    }
    this.nodes.set(key, fresh);
    this.log.querySelector(".welcome")?.remove();
    if (held) (fresh.querySelector(`[data-row="${held.row}"][data-column="${held.column}"]`) ?? this.log).focus({ preventScroll: true });
  }

  day(unix) {
    const key = dayKey(unix);
    if (this.log.querySelector(`[data-day="${key}"]`)) return;
    this.log.append(el("div", { class: "service day", "data-day": key }, dayName(unix)));
  }

  remove(id) {
    const m = this.messages.get(id);
    if (!m) return;
    this.messages.delete(id);
    const rest = [...this.messages.values()].find((x) => m.media_group_id && x.media_group_id === m.media_group_id);
    if (rest) return this.place(rest);
    this.nodes.get(this.key(m))?.remove();
    this.nodes.delete(this.key(m));
  }

  drawState() {
    this.drawHeader();
    this.drawPins();
    this.composer.draw();
    if (!this.state.started && !this.messages.size) {
      this.log.replaceChildren(el("div", { class: "welcome" }, el("strong", {}, t("startHint", { bot: this.botName() })),
        el("p", {}, this.state.description || "…")));
    }
  }

  drawHeader() {
    const more = button(t("more"), { class: "plain", "aria-haspopup": "menu", "data-action": "more", onclick: () => menu(more, [
      { name: "invite", text: t("invite"), run: () => openInvitation(this.app, this.id, "") },
      this.state.blocked
        ? { name: "unblock", text: t("unblock"), run: () => this.act("block", { blocked: false }) }
        : { name: "block", text: t("block"), danger: true, run: () => this.act("block", { blocked: true }) },
    ]) }, icon("more"));
    this.header.replaceChildren(avatar(this.name(), this.id),
      el("div", { class: "who" }, el("strong", {}, this.name()), el("small", { class: "note" }, pick(this.state.note)),
        el("small", { class: "acting", hidden: true })),
      more,
      button(t("close"), { class: "plain close-chat", "data-action": "close", onclick: () => this.app.close(this.id) }, icon("close")));
  }

  drawPins() {
    const last = this.state.pinned[this.state.pinned.length - 1];
    this.pins.hidden = !last;
    if (last) {
      this.pins.replaceChildren(el("button", { type: "button", onclick: () => this.show(last.message_id) },
        icon("pin"), el("span", {}, el("strong", {}, t("pinned")), summary(last))));
    }
  }

  // acting shows what the bot does, for as long as Telegram would.
  acting(action) {
    clearTimeout(this.actingTimer);
    const line = this.header.querySelector(".acting");
    const note = this.header.querySelector(".note");
    line.hidden = !action;
    note.hidden = Boolean(action);
    line.replaceChildren(action ? this.botName() + " " + t(action === "typing" ? "typing" : "sending") : "", el("span", { class: "dots" }));
    if (action) this.actingTimer = setTimeout(() => this.acting(""), 5000);
  }

  async press(m, row, column) {
    const b = m.reply_markup.inline_keyboard[row][column];
    if (b.copy_text) return this.copy(b.copy_text.text);
    if (b.url) return this.follow(b.url) || window.open(b.url, "_blank", "noopener");
    const key = `${m.message_id}:${row}:${column}`;
    if (this.waiting.has(key)) return;
    this.spin(m.message_id, key, "");
    const done = await this.act("press", { message: m.message_id, row, column });
    if (!done?.query) return this.rest(m.message_id, key);
    if (this.waiting.has(key)) this.waiting.set(key, done.query);
    if (this.early?.query === done.query) this.answered(this.early);
    setTimeout(() => { if (this.waiting.get(key) === done.query) this.rest(m.message_id, key); }, answerWithin);
  }

  isWaiting(message, row, column) { return this.waiting.has(`${message}:${row}:${column}`); }

  spin(message, key, query) { this.waiting.set(key, query); this.refresh(message); }

  rest(message, key) { this.waiting.delete(key); this.refresh(message); }

  refresh(id) {
    const m = this.messages.get(id);
    if (m) this.place(m);
  }

  // answered stops the spinner and shows what the bot said to the tap. The
  // answer may come before the server has told us the tap's id.
  answered(e) {
    const found = [...this.waiting].find(([, query]) => query === e.query);
    if (!found) { this.early = e; return; }
    this.early = null;
    this.rest(e.id, found[0]);
    if (e.answer.text && e.answer.alert) alertBox(e.answer.text);
    else if (e.answer.text) this.toast(e.answer.text);
  }

  toast(text) {
    const note = el("div", { class: "toast", "data-toast": text }, text);
    this.toasts.append(note);
    setTimeout(() => note.remove(), 4500);
  }

  async act(action, body) {
    try {
      return await post(action, { person: this.id, ...body });
    } catch (err) {
      this.toast(t("failed", { why: err.message }));
      return null;
    }
  }

  replyTo(m) { this.composer.answer(m); }

  edit(m) { this.composer.change(m); }

  async copy(text) {
    try { await navigator.clipboard.writeText(text); } catch { /* a page that is not in front may not */ }
    this.toast(t("copied"));
  }

  // follow opens the bot's own links inside the trial.
  follow(url) {
    const code = startCode(url, this.app.bot.username);
    if (code === null) return false;
    openInvitation(this.app, this.id, url);
    return true;
  }

  show(id) {
    const m = this.messages.get(id);
    const node = m && this.nodes.get(this.key(m));
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("found");
    setTimeout(() => node?.classList.remove("found"), 1600);
  }

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60; }

  // resized keeps the newest message in sight when keys or commands open below
  // it: that is no scrolling of the person's.
  resized() {
    this.height = this.log.clientHeight;
    if (this.followed) this.toEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.jump.hidden = this.followed = true;
  }

  // read tells the server what this person has seen, when the chat is in sight.
  read() {
    const newest = Math.max(0, ...this.messages.keys());
    if (document.hidden || !this.node.isConnected || this.node.offsetParent === null || !this.state.unread && newest === this.seen) return;
    this.seen = newest;
    if (newest) this.act("read", { message: newest });
  }
}

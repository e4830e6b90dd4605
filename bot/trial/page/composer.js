// Where a person writes: the field, the commands, the bot's keyboard, files.
import { el, icon, button, menu } from "./dom.js";
import { t } from "./words.js";
import { sendFiles } from "./net.js";
import { summary } from "./text.js";
import { sendSamples, sendPlace, sendContact, confirmBox } from "./dialogs.js";

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.target = null; // the message answered or changed
    this.keysOpen = true;
    this.node = el("footer", { class: "composer" });
    this.build();
  }

  build() {
    this.over = el("div", { class: "over", hidden: true });
    this.list = el("div", { class: "commands", role: "listbox", "aria-label": t("commands"), hidden: true });
    this.field = el("textarea", { rows: 1, placeholder: t("write"), "aria-label": t("write"), "data-field": "text", enterkeyhint: "send" });
    this.field.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.field.addEventListener("keydown", (e) => this.key(e));
    this.slash = button(t("commands"), { class: "plain slash", "data-action": "commands", onclick: () => this.toggleCommands() }, icon("slash"));
    this.clip = button(t("attach"), { class: "plain", "aria-haspopup": "menu", "data-action": "attach", onclick: () => this.attach() }, icon("attach"));
    this.toggle = button(t("keyboard"), { class: "plain", "data-action": "keyboard", hidden: true, onclick: () => { this.keysOpen = !this.keysOpen; this.drawKeys(); } }, icon("keys"));
    this.go = button(t("send"), { class: "send", "data-action": "send", onclick: () => this.send() }, icon("send"));
    this.bar = el("div", { class: "bar" }, this.clip, this.slash, this.field, this.toggle, this.go);
    this.keys = el("div", { class: "reply-keyboard", role: "group", "aria-label": t("keyboard"), hidden: true });
    this.photos = this.picker("photo", "image/png,image/jpeg,image/gif");
    this.papers = this.picker("document", "");
  }

  picker(kind, accept) {
    const input = el("input", { type: "file", accept, multiple: true, hidden: true, "data-pick": kind, tabindex: "-1", "aria-label": t(kind) });
    input.addEventListener("change", () => { this.files(kind, [...input.files]); input.value = ""; });
    return input;
  }

  // draw follows the state of the chat: not started, blocked, or open.
  draw() {
    const { started, blocked, asked } = this.chat.state;
    if (blocked || !started) {
      const [label, name, run] = blocked
        ? [t("unblock"), "unblock", () => this.chat.act("block", { blocked: false })]
        : [t("start"), "start", () => this.chat.act("say", { text: "/start" })];
      this.node.replaceChildren(el("button", { type: "button", class: "whole", "data-action": name, onclick: run }, label));
      return;
    }
    if (this.bar.parentNode !== this.node) this.node.replaceChildren(this.over, this.list, this.bar, this.keys, this.photos, this.papers);
    if (!this.list.hidden && !this.field.value) this.showCommands(this.chat.state.commands ?? []);
    const board = this.chat.state.keyboard ? this.chat.state.keyboard_message : 0;
    if (board !== this.board) {
      this.board = board;
      this.keysOpen = true;
      this.drawKeys();
    }
    this.field.placeholder = asked?.placeholder || this.chat.state.keyboard?.input_field_placeholder || t("write");
    if (asked && asked.message_id !== this.askedFor) {
      this.askedFor = asked.message_id;
      const m = this.chat.messages.get(asked.message_id);
      if (m) this.answer(m);
    }
  }

  drawKeys() {
    const rows = this.chat.state.keyboard?.keyboard ?? [];
    this.toggle.hidden = !rows.length;
    this.toggle.setAttribute("aria-expanded", String(this.keysOpen));
    this.keys.hidden = !rows.length || !this.keysOpen;
    this.keys.replaceChildren(...rows.map((row) => el("div", { class: "reply-row" }, row.map((b) =>
      el("button", { type: "button", class: b.style ?? "", "data-key": b.text, onclick: () => this.pressKey(b) }, b.text)))));
  }

  async pressKey(b) {
    if (this.chat.state.keyboard.one_time_keyboard) { this.keysOpen = false; this.drawKeys(); }
    if (b.request_contact) return (await confirmBox(t("shareNumber"))) && this.chat.act("own-contact", {});
    if (b.request_location) return sendPlace(this.chat);
    this.chat.act("say", { text: b.text });
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = Math.min(this.field.scrollHeight, 140) + "px";
  }

  key(e) {
    if (e.isComposing) return; // an input method is putting a letter together
    const shown = [...this.list.children];
    const at = shown.findIndex((x) => x.getAttribute("aria-selected") === "true");
    if (!this.list.hidden && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      const next = (at + (e.key === "ArrowDown" ? 1 : shown.length - 1) + shown.length) % shown.length;
      shown.forEach((x, i) => x.setAttribute("aria-selected", String(i === next)));
      return;
    }
    if (e.key === "Escape") { this.list.hidden = true; this.drop(); }
    if (e.key === "Enter" && !e.shiftKey) {
      e.preventDefault();
      if (!this.list.hidden && at >= 0) shown[at].click();
      else this.send();
    }
  }

  suggest() {
    const typed = this.field.value;
    const fits = /^\/[a-z0-9_]*$/i.test(typed) ? (this.chat.state.commands ?? []).filter((c) => c.command.startsWith(typed.slice(1).toLowerCase())) : [];
    this.showCommands(fits);
  }

  toggleCommands() {
    if (!this.list.hidden) { this.list.hidden = true; return; }
    this.showCommands(this.chat.state.commands ?? []);
    if (this.list.hidden) this.chat.toast(t("noCommands"));
  }

  showCommands(list) {
    this.list.hidden = !list.length;
    this.list.replaceChildren(...list.map((c) => el("button", {
      type: "button", role: "option", "aria-selected": "false", "data-command": c.command,
      onclick: () => { this.list.hidden = true; this.clear(); this.chat.act("say", { text: "/" + c.command }); },
    }, el("strong", {}, "/" + c.command), el("span", {}, c.description))));
  }

  attach() {
    menu(this.clip, [
      { name: "photo", text: t("photo"), run: () => this.photos.click() },
      { name: "sample", text: t("sample"), run: () => sendSamples(this.chat) },
      { name: "document", text: t("document"), run: () => this.papers.click() },
      { name: "location", text: t("location"), run: () => sendPlace(this.chat) },
      { name: "own-contact", text: t("ownContact"), run: async () => (await confirmBox(t("shareNumber"))) && this.chat.act("own-contact", {}) },
      { name: "other-contact", text: t("otherContact"), run: () => sendContact(this.chat) },
    ]);
  }

  async files(kind, files) {
    if (!files.length) return;
    if (files.length > 10) return this.chat.toast(t("tooMany"));
    const target = this.target?.kind === "reply" ? this.target.message : 0;
    const caption = this.field.value;
    this.clear();
    try {
      await sendFiles(this.chat.id, kind, files, caption, target);
    } catch (err) {
      this.chat.toast(t("failed", { why: err.message }));
    }
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    const target = this.target;
    this.clear();
    this.field.focus();
    if (target?.kind === "edit") this.chat.act("edit", { message: target.message, text });
    else this.chat.act("say", { text, message: target?.message ?? 0 });
  }

  clear() {
    this.field.value = "";
    this.list.hidden = true;
    this.grow();
    this.drop();
  }

  answer(m) { this.aim("reply", m, t("replyTo", { name: m.from?.is_bot ? this.chat.botName() : t("you") })); }

  change(m) {
    this.aim("edit", m, t("editing"));
    this.field.value = m.text || m.caption || "";
    this.grow();
  }

  aim(kind, m, title) {
    this.target = { kind, message: m.message_id };
    this.over.hidden = false;
    this.over.replaceChildren(icon(kind), el("span", {}, el("strong", {}, title), summary(m)),
      button(t("cancel"), { class: "plain", onclick: () => (kind === "edit" ? this.clear() : this.drop()) }, icon("close")));
    this.field.focus();
  }

  drop() {
    this.target = null;
    this.over.hidden = true;
  }
}

// The page: people, their chats, and the stream of what happens.
import { el } from "./dom.js";
import { get, listen } from "./net.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { Rail } from "./rail.js";
import { speak, t } from "./words.js";

const narrow = matchMedia("(max-width: 799px)");
const railWidth = 340;
const columnWidth = 360;

// room is how many chats stand side by side.
const room = () => (narrow.matches ? 1 : Math.max(1, Math.floor((innerWidth - railWidth) / columnWidth)));

class App {
  constructor() {
    this.people = [];
    this.chats = new Map(); // by person, once they were opened
    this.shown = []; // the people whose chats are open, in order
    this.columns = document.getElementById("columns");
    this.rail = new Rail(this, document.getElementById("rail"));
  }

  async run() {
    listen({
      event: (e) => this.heard(e),
      connected: () => this.refresh(),
      lost: () => this.notice(t("lost")),
    });
    narrow.addEventListener("change", () => this.fit());
    document.addEventListener("visibilitychange", () => this.visible().forEach((c) => c.read()));
  }

  // refresh asks for everything: at first, and when something was missed. The
  // server may be another one, which counts from one again.
  async refresh() {
    for (const chat of this.chats.values()) chat.serial = 0;
    const state = await get("api/state");
    this.serial = state.serial;
    Object.assign(this, { bot: state.bot, people: state.people, tasks: state.tasks, languages: state.languages });
    document.querySelector(".notice")?.remove();
    if (state.clock) this.clock ??= new Clock();
    if (!this.began) await this.begin(state);
    else await Promise.all([...this.chats.values()].map((c) => c.load()));
    this.clock?.load();
    this.rail.draw();
  }

  async begin(state) {
    this.began = true;
    speak(remembered("language") ?? state.languages[0]);
    this.clock?.speak();
    document.title = t("title", { bot: this.bot.first_name });
    for (const p of this.people.slice(0, Math.min(room(), 3))) await this.open(p.id, false);
    if (narrow.matches && this.shown.length) this.fit();
  }

  heard(e) {
    if (e.kind === "reset") return void this.refresh();
    if (e.kind === "profile") return this.renew();
    if (e.kind === "clock") return void this.clock?.load();
    if (e.serial <= this.serial) return;
    this.chats.get(e.person)?.apply(e);
    const p = this.people.find((x) => x.id === e.person);
    if (e.kind === "chat" && p) Object.assign(p, e.chat);
    if (e.kind === "message" && p && e.message.from?.is_bot && !this.visible().some((c) => c.id === e.person)) this.renew();
    if (e.kind === "chat") this.rail.draw();
  }

  // renew asks, a moment later and once for many events, for what they do not
  // tell: what is unread, and what the bot says about itself.
  renew() {
    this.renewing ??= setTimeout(async () => {
      this.renewing = null;
      const { people } = await get("api/state");
      for (const now of people) {
        const p = this.people.find((x) => x.id === now.id);
        if (p) p.unread = now.unread;
        this.chats.get(now.id)?.renew(now);
      }
      this.rail.draw();
    }, 150);
  }

  visible() { return this.shown.map((id) => this.chats.get(id)).filter((c) => c && !c.node.hidden); }

  isOpen(id) { return narrow.matches ? this.shown[this.shown.length - 1] === id : this.shown.includes(id); }

  async open(id, focus) {
    let chat = this.chats.get(id);
    if (!chat) {
      chat = new Chat(this, this.people.find((p) => p.id === id));
      this.chats.set(id, chat);
    }
    if (!this.shown.includes(id)) this.show(id);
    if (narrow.matches) this.shown = [...this.shown.filter((x) => x !== id), id];
    this.fit();
    if (!chat.loaded) {
      chat.loaded = true;
      await chat.load();
    }
    chat.toEnd();
    chat.read();
    if (focus) {
      chat.node.scrollIntoView({ inline: "nearest", block: "nearest" });
      if (!narrow.matches) chat.composer.field.focus({ preventScroll: true });
    }
    this.rail.draw();
    return chat;
  }

  // show gives a chat a column: a new one while there is room, then that of the
  // chat which was used longest ago.
  show(id) {
    const oldest = [...this.shown].sort((a, b) => this.chats.get(a).used - this.chats.get(b).used)[0];
    if (!narrow.matches && this.shown.length >= room()) this.shown = this.shown.filter((x) => x !== oldest);
    this.shown.push(id);
  }

  close(id) {
    this.shown = this.shown.filter((x) => x !== id);
    this.fit();
    this.rail.draw();
  }

  toggle(id) {
    if (this.isOpen(id) && !narrow.matches) this.close(id);
    else this.open(id, true);
  }

  // fit puts the open chats on the screen: all of them, or only the last one.
  // A chat that stays is not moved, so that it keeps its place and focus.
  fit() {
    const wanted = narrow.matches ? this.shown.slice(-1) : this.shown;
    for (const [id, chat] of this.chats) if (!wanted.includes(id)) chat.node.remove();
    this.columns.querySelector(".nobody")?.remove();
    for (const id of wanted) {
      const chat = this.chats.get(id);
      if (chat.node.isConnected) continue;
      this.columns.append(chat.node);
      chat.toEnd();
    }
    if (!wanted.length) this.columns.append(el("p", { class: "nobody" }, t("nobody")));
  }

  speak(code) {
    speak(code);
    this.clock?.speak();
    remember("language", code);
    document.title = t("title", { bot: this.bot.first_name });
    const open = this.shown;
    for (const chat of this.chats.values()) chat.node.remove();
    this.chats.clear();
    this.shown = [];
    return open.reduce((before, id) => before.then(() => this.open(id, false)), Promise.resolve());
  }

  notice(text) {
    document.querySelector(".notice")?.remove();
    document.body.append(el("div", { class: "notice", role: "alert" }, text));
  }
}

// A browser may refuse storage; the page then forgets its language.
function remembered(key) {
  try { return localStorage.getItem("trial." + key); } catch { return null; }
}

function remember(key, value) {
  try { localStorage.setItem("trial." + key, value); } catch { /* see above */ }
}

new App().run();

// The rail: who there is, what to try, the page's language. Above the chat on
// a narrow screen, beside the chats on a wide one.
import { el, avatar } from "./dom.js";
import { follow } from "./dialogs.js";
import { t, pick, languages, current } from "./words.js";

const narrow = matchMedia("(max-width: 799px)");

// shortName is what fits a narrow screen: in Vietnamese, the given name.
const shortName = (name) => name.split(" ").pop();

// brand is a bot's name without what it says about itself after a dot.
const brand = (name) => name.split(" · ")[0];

const done = new Set(); // tasks ticked off by the visitor

export class Rail {
  constructor(app, node) {
    this.app = app;
    this.node = node;
    this.tasksOpen = !narrow.matches;
  }

  draw() {
    const focus = document.activeElement?.dataset?.person;
    const onClock = this.app.clock?.node.contains(document.activeElement) && document.activeElement;
    const along = this.node.querySelector(".people")?.scrollLeft ?? 0;
    this.node.replaceChildren(
      el("header", { class: "rail-head" },
        el("img", { src: "icon.svg", alt: "", width: 36, height: 36 }),
        el("div", {}, el("h1", {}, t("title", { bot: brand(this.app.bot.first_name) })), el("p", {}, t("lead"))),
        this.language()),
      this.app.clock?.node ?? "",
      this.tasks(),
      el("nav", { class: "people", "aria-label": t("people") }, el("h2", {}, t("people")), this.app.people.map((p) => this.person(p))));
    this.node.querySelector(".people").scrollLeft = along;
    if (narrow.matches) this.node.querySelector(".person.open")?.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (onClock) onClock.focus({ preventScroll: true });
    if (focus) this.node.querySelector(`[data-person="${focus}"]`)?.focus();
  }

  language() {
    const select = el("select", { class: "language", "aria-label": t("language"), "data-field": "language" },
      languages().filter((code) => this.app.languages.includes(code)).map((code) => el("option", { value: code, selected: code === current() }, code === "vi" ? "Tiếng Việt" : "English")));
    select.addEventListener("change", () => this.app.speak(select.value));
    return select;
  }

  person(p) {
    const name = [p.first, p.last].filter(Boolean).join(" ");
    const open = this.app.isOpen(p.id);
    return el("button", {
      type: "button", class: "person" + (open ? " open" : ""), "data-person": p.id, "aria-pressed": String(open),
      title: name, onclick: () => this.app.toggle(p.id),
    }, avatar(name, p.id),
    el("span", { class: "who" }, el("strong", {}, narrow.matches ? shortName(name) : name), el("small", {}, p.blocked ? t("blocked") : pick(p.note))),
    p.unread > 0 && el("span", { class: "badge", "data-unread": p.unread, "aria-label": t("unread", { n: p.unread }) }, p.unread));
  }

  tasks() {
    const list = this.app.tasks ?? [];
    if (!list.length) return null;
    const box = el("details", { class: "tasks", open: this.tasksOpen }, el("summary", {}, t("tasks"),
      el("span", { class: "tally" }, `${done.size}/${list.length}`)),
    el("ol", {}, list.map((task, i) => this.task(task, i))));
    box.addEventListener("toggle", () => { this.tasksOpen = box.open; });
    return box;
  }

  // go opens the chat that a task is about; on a narrow screen the list makes
  // room for it.
  go(id) {
    if (narrow.matches) this.tasksOpen = false;
    this.app.open(id, true);
  }

  invite(id, link) {
    if (narrow.matches) this.tasksOpen = false;
    follow(this.app, id, link);
  }

  task(task, i) {
    const who = this.app.people.find((p) => p.id === task.person);
    const tick = el("input", { type: "checkbox", checked: done.has(i), id: "task-" + i, "data-task": i });
    tick.addEventListener("change", () => {
      if (tick.checked) done.add(i); else done.delete(i);
      this.node.querySelector(".tally").textContent = `${done.size}/${this.app.tasks.length}`;
    });
    const go = (props, text) => el("button", { type: "button", class: "task-go", ...props }, text);
    return el("li", {}, tick, el("div", {}, el("label", { for: "task-" + i }, pick(task.text)), " ",
      who && go({ "data-open": who.id, onclick: () => this.go(who.id) }, [who.first, who.last].filter(Boolean).join(" ")),
      " ", task.link && go({ "data-link": who.id, onclick: () => this.invite(who.id, task.link) }, t("openInvite"))));
  }
}

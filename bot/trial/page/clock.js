// The clock: the simulated day and hour, what comes next, and the buttons that
// move time on. It stands in the rail, or on a page of its own.
import { el } from "./dom.js";
import { get, post } from "./net.js";
import { t, pick, current } from "./words.js";
import { clock, dayKey } from "./text.js";

const zone = "Asia/Ho_Chi_Minh";
const retell = 5_000; // ms; the hand moves
const ask = 20_000; // ms; what comes next may have changed

// day is a date as people write it, with its weekday.
function day(ms, year) {
  const [y, m, d] = dayKey(ms / 1000).split("-");
  const weekday = new Date(ms).toLocaleDateString(current() === "vi" ? "vi-VN" : "en-GB", { weekday: current() === "vi" ? "long" : "short", timeZone: zone });
  return `${weekday} ${d}/${m}` + (year ? "/" + y : "");
}

export class Clock {
  constructor() {
    this.time = el("time", { class: "clock-time" });
    this.next = el("p", { class: "clock-next" });
    this.said = el("p", { class: "clock-said", role: "status" });
    this.steps = el("div", { class: "clock-steps" });
    this.node = el("section", { class: "clock" }, this.time, this.steps, this.next, this.said);
    this.speak();
    setInterval(() => this.tell(), retell);
    setInterval(() => document.hidden || this.busy || this.load(), ask);
  }

  // speak writes the panel in the page's language.
  speak() {
    this.node.setAttribute("aria-label", t("clock"));
    const step = (by, main) => el("button", { type: "button", "data-step": by, class: main ? "main" : "", onclick: () => this.move(by) }, t("step_" + by));
    this.steps.replaceChildren(step("hour"), step("day"), step("next", true));
    this.tell();
  }

  async load() {
    try { this.take(await get("api/clock")); } catch { /* the page says that the server is gone */ }
  }

  take(state) {
    this.state = state;
    this.taken = performance.now();
    this.tell();
  }

  tell() {
    if (!this.state) return;
    const ms = Date.parse(this.state.now) + performance.now() - this.taken;
    this.time.setAttribute("datetime", new Date(ms).toISOString());
    this.time.replaceChildren(el("span", {}, day(ms, true)), " ", el("strong", {}, clock(ms / 1000)));
    const { next } = this.state;
    const at = next && Date.parse(next.at);
    this.next.textContent = next ? t("clockNext", { day: day(at), hour: clock(at / 1000), what: pick(next.what) }) : t("clockNothing");
    this.next.title = this.next.textContent;
    this.steps.querySelector('[data-step="next"]').setAttribute("aria-disabled", String(!next));
  }

  // move moves the clock; while it moves, another press does nothing.
  async move(by) {
    if (this.busy || (by === "next" && !this.state?.next)) return;
    this.busy = true;
    this.node.setAttribute("aria-busy", "true");
    try {
      this.take(await post("clock", { by }));
      this.said.textContent = t("clockSaid", { time: this.time.textContent });
      this.said.classList.remove("wrong");
    } catch (err) {
      this.said.textContent = t("failed", { why: err.message });
      this.said.classList.add("wrong");
    }
    this.busy = false;
    this.node.removeAttribute("aria-busy");
  }
}

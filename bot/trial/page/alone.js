// The clock on a page of its own: the people sit at real phones.
import { el } from "./dom.js";
import { get } from "./net.js";
import { Clock } from "./clock.js";
import { speak, t, languages, current } from "./words.js";

const state = await get("api/state");
speak(state.languages[0]);
const clock = new Clock();
const title = el("h1", {});
const lead = el("p", {});
const select = el("select", { class: "language", "data-field": "language" },
  languages().filter((code) => state.languages.includes(code)).map((code) => el("option", { value: code, selected: code === current() }, code === "vi" ? "Tiếng Việt" : "English")));

function write() {
  title.textContent = document.title = t("clockOf", { bot: state.name });
  lead.textContent = t("clockLead");
  select.setAttribute("aria-label", t("language"));
  clock.speak();
}

select.addEventListener("change", () => { speak(select.value); write(); });
document.querySelector("main").append(title, lead, clock.node, select);
write();
clock.load();

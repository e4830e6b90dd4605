// Text with entities. Offsets count UTF-16 units, as JavaScript strings do.
import { el } from "./dom.js";
import { t, current } from "./words.js";

const plain = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// rich renders a text; on.command and on.link are told what was pressed.
export function rich(text, entities = [], on = {}) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const out = document.createDocumentFragment();
  fill(out, text, 0, text.length, sorted, on);
  return out;
}

function fill(parent, text, from, to, entities, on) {
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const e = entities.shift();
    const begin = Math.max(e.offset, at);
    const end = Math.min(e.offset + e.length, to);
    if (end <= begin) continue;
    parent.append(text.slice(at, begin));
    const node = wrap(e, text.slice(begin, end), on);
    fill(node, text, begin, end, entities, on);
    parent.append(node);
    at = end;
  }
  parent.append(text.slice(at, to));
}

function wrap(e, content, on) {
  switch (e.type) {
    case "bot_command":
      return el("button", { type: "button", class: "inline-link", "data-command": content, onclick: () => on.command?.(content) });
    case "url":
      return link(/^[a-z]+:/i.test(content) ? content : "https://" + content, on);
    case "text_link":
      return link(e.url, on);
    case "spoiler":
      return spoiler();
    case "expandable_blockquote":
      return folding();
    case "date_time": {
      const when = new Date(e.unix_time * 1000);
      return el("time", { datetime: when.toISOString(), title: when.toLocaleString(current(), { timeZone: "Asia/Ho_Chi_Minh" }) });
    }
    case "mention":
      return el("span", { class: "mention" });
    default:
      return el(plain[e.type] ?? "span");
  }
}

function link(url, on) {
  const safe = /^(https?|tg):/i.test(url) ? url : "about:blank";
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick: (e) => { if (on.link?.(safe)) e.preventDefault(); } });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", title: t("spoiler") });
  const reveal = (e) => { if (e.type === "click" || e.key === "Enter") node.classList.add("seen"); };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}

function folding() {
  const node = el("blockquote", { class: "folded", tabindex: "0" });
  node.addEventListener("click", () => node.classList.toggle("folded"));
  return node;
}

const zone = "Asia/Ho_Chi_Minh";

export const clock = (unix) => new Date(unix * 1000).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone });

export const dayKey = (unix) => new Date(unix * 1000).toLocaleDateString("sv", { timeZone: zone });

export const dayName = (unix) => new Date(unix * 1000).toLocaleDateString(current() === "vi" ? "vi-VN" : "en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: zone });

export function bytes(n) {
  if (n < 1000) return n + " B";
  const unit = n < 1e6 ? ["KB", 1e3] : ["MB", 1e6];
  return (n / unit[1]).toLocaleString(current(), { maximumFractionDigits: 1 }) + " " + unit[0];
}

// summary is one line about a message, for replies and pins.
export function summary(m) {
  const text = m.text || m.caption;
  if (text) return text.split("\n")[0];
  if (m.photo) return t("photoWord");
  if (m.video) return t("videoWord");
  if (m.document) return m.document.file_name ?? "";
  if (m.contact) return t("contact");
  if (m.location) return t("locationOf");
  return "";
}

// One message, or one album, as a bubble with its buttons.
import { el, icon, button, menu, modal } from "./dom.js";
import { t } from "./words.js";
import { media } from "./net.js";
import { rich, clock, bytes, summary } from "./text.js";

const fullName = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ");

// bubble builds the node of one message, or of the messages of one album.
export function bubble(list, chat) {
  const first = list[0];
  if (first.pinned_message) {
    const text = summary(first.pinned_message);
    return el("div", { class: "service", "data-message-id": first.message_id }, t("pinnedNote", { name: fullName(first.from), text }));
  }
  const mine = !first.from?.is_bot;
  const worded = list.find((m) => m.text || m.caption);
  const on = { command: chat.command, link: chat.link };
  const body = el("div", { class: "bubble" },
    first.forward_origin && el("div", { class: "origin" }, t("forwarded", { name: fullName(first.forward_origin.sender_user) })),
    first.reply_to_message && quote(first.reply_to_message, chat),
    pictures(list),
    list.map((m) => m.document && paper(m.document)),
    first.contact && card(first.contact),
    first.location && place(first.location),
    worded && el("div", { class: "words" }, worded.text ? rich(shownText(worded, mine), worded.entities, on) : rich(worded.caption, worded.caption_entities, on)),
    foot(list));
  const node = el("article", { class: (mine ? "message mine" : "message theirs") + (bare(list) ? " bare" : ""), "data-message-id": first.message_id, "data-from": mine ? "person" : "bot" },
    el("div", { class: "line" }, body, options(list, worded, mine, chat)),
    first.reply_markup && buttons(first, chat));
  body.addEventListener("contextmenu", (e) => {
    if (e.target.closest("a, img")) return;
    e.preventDefault();
    node.querySelector(".options").click();
  });
  return node;
}

// shownText hides the code of an invitation, as the app does.
const shownText = (m, mine) => (mine && /^\/start \S+$/.test(m.text) ? "/start" : m.text);

// bare is a picture without words: its foot lies on the picture.
const bare = (list) => list.every((m) => m.photo || m.video) && !list.some((m) => m.caption);

function quote(m, chat) {
  const name = m.from?.is_bot ? chat.botName() : t("you");
  return el("button", { type: "button", class: "quote", onclick: () => chat.show(m.message_id) },
    el("strong", {}, name), el("span", {}, summary(m)));
}

function pictures(list) {
  const shown = list.filter((m) => m.photo || m.video);
  if (!shown.length) return null;
  return el("div", { class: "pictures count-" + Math.min(shown.length, 5), "data-count": shown.length }, shown.map((m) => {
    if (m.video) return el("video", { src: media(m.video.file_id), controls: true, preload: "metadata" });
    const size = m.photo[m.photo.length - 1];
    const small = shown.length > 3 ? m.photo[0] : size;
    const img = el("img", { src: media(small.file_id), alt: m.caption || t("photoWord"), width: size.width, height: size.height, loading: "lazy", "data-photo": m.message_id });
    return button(t("viewPhoto"), { class: "picture", onclick: () => enlarge(size, m.caption) }, img);
  }));
}

function enlarge(size, caption) {
  const dialog = modal(t("photoWord"), el("img", { src: media(size.file_id), alt: caption || t("photoWord") }), caption && el("p", {}, caption));
  dialog.classList.add("viewer");
  dialog.addEventListener("click", () => dialog.close());
}

function paper(doc) {
  const name = doc.file_name || "file";
  const kind = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return el("a", { class: "paper", href: media(doc.file_id), download: name, "aria-label": t("download", { name }), "data-document": name },
    el("span", { class: "paper-icon" }, kind ? kind.toUpperCase() : icon("file")),
    el("span", { class: "paper-name" }, el("strong", {}, name), el("small", {}, bytes(doc.file_size ?? 0))));
}

function card(c) {
  return el("div", { class: "card-contact" }, el("span", { class: "paper-icon" }, [...c.first_name][0]),
    el("span", { class: "paper-name" }, el("strong", {}, [c.first_name, c.last_name].filter(Boolean).join(" ")), el("small", {}, "+" + c.phone_number.replace(/^\+/, ""))));
}

function place(l) {
  return el("div", { class: "map" }, el("span", { class: "map-pin" }, icon("pin")),
    el("small", {}, `${l.latitude.toFixed(4)}, ${l.longitude.toFixed(4)}`));
}

function foot(list) {
  const last = list[list.length - 1];
  const seen = [...new Set(list.flatMap((m) => m.reactions ?? []))];
  return el("div", { class: "foot" },
    seen.length > 0 && el("span", { class: "reactions", "data-reactions": seen.join("") }, seen),
    list.some((m) => m.edited) && el("span", { class: "edited" }, t("edited")),
    el("time", { datetime: new Date(last.date * 1000).toISOString() }, clock(last.date)));
}

function options(list, worded, mine, chat) {
  const m = worded ?? list[0];
  const node = button(t("messageMenu"), { class: "options", "aria-haspopup": "menu", onclick: () => menu(node, [
    { name: "reply", text: t("reply"), run: () => chat.replyTo(list[0]) },
    mine && !m.contact && !m.location && { name: "edit", text: t("edit"), run: () => chat.edit(m) },
    worded && { name: "copy", text: t("copy"), run: () => chat.copy(m.text || m.caption) },
  ]) }, icon("more"));
  return node;
}

function buttons(m, chat) {
  return el("div", { class: "inline-keyboard", role: "group" }, m.reply_markup.inline_keyboard.map((row, r) =>
    el("div", { class: "inline-row" }, row.map((b, c) => {
      const waiting = chat.isWaiting(m.message_id, r, c);
      return el("button", {
        type: "button", class: "inline-button " + (b.style ?? ""), "data-button": b.text, "data-row": r, "data-column": c,
        "aria-busy": waiting ? "true" : null, onclick: () => chat.press(m, r, c),
      }, b.text, b.url && el("span", { class: "corner", "aria-hidden": "true" }, "↗"), waiting && icon("spin"));
    }))));
}

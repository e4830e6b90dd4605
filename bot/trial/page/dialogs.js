// The small windows: invitations, sample photos, places, contacts, questions.
import { el, modal } from "./dom.js";
import { t } from "./words.js";
import { sendFiles } from "./net.js";

// form is a dialog with fields; submit gets their values and returns a
// complaint, or nothing when all is well.
function form(title, content, label, submit) {
  const complaint = el("p", { class: "complaint", role: "alert" });
  const body = el("form", { method: "dialog" }, content, complaint, el("div", { class: "modal-buttons" },
    el("button", { type: "button", class: "quiet", "data-action": "cancel", onclick: () => dialog.close() }, t("cancel")),
    el("button", { type: "submit", class: "main", "data-action": "confirm" }, label)));
  body.addEventListener("submit", async (e) => {
    e.preventDefault();
    const wrong = await submit(new FormData(body));
    if (wrong) complaint.textContent = wrong;
    else dialog.close();
  });
  const dialog = modal(title, body);
  return dialog;
}

const field = (label, props) => el("label", { class: "field" }, el("span", {}, label), el("input", props));

export function confirmBox(question) {
  return new Promise((resolve) => {
    let said = false;
    const dialog = form(question, [], t("yes"), () => { said = true; });
    dialog.addEventListener("close", () => resolve(said));
  });
}

export function alertBox(text) {
  const dialog = modal(text, el("div", { class: "modal-buttons" },
    el("button", { type: "button", class: "main", "data-action": "confirm", onclick: () => dialog.close() }, t("ok"))));
}

// startCode takes the code out of t.me/<bot>?start=…; null when it is no such
// link, "" when the link has no code.
export function startCode(url, bot) {
  const found = new RegExp("^(?:https?://)?(?:www\\.)?(?:t|telegram)\\.me/" + bot + "/?(?:\\?(?:.*&)?start=([^&#]*))?(?:[&#].*)?$", "i").exec(url.trim())
    ?? new RegExp("^tg://resolve/?\\?domain=" + bot + "(?:&start=([^&#]*))?$", "i").exec(url.trim());
  return found ? decodeURIComponent(found[1] ?? "") : null;
}

export function openInvitation(app, person, link) {
  const people = el("select", { name: "person", "data-field": "person" }, app.people.map((p) =>
    el("option", { value: p.id, selected: p.id === person }, [p.first, p.last].filter(Boolean).join(" "))));
  form(t("inviteTitle"), [
    field(t("inviteField"), { name: "link", value: link, "data-field": "invite", autocomplete: "off", autofocus: true }),
    el("label", { class: "field" }, el("span", {}, t("inviteAs")), people),
  ], t("open"), async (values) => {
    const typed = values.get("link").trim();
    const code = startCode(typed, app.bot.username) ?? typed.replace(/^\/start\s+/, "");
    if (!/^[A-Za-z0-9_-]{0,64}$/.test(code)) return t("inviteBad");
    await start(app, Number(values.get("person")), code);
  });
}

// follow opens an invitation at once, as the person.
export const follow = (app, person, link) => start(app, person, startCode(link, app.bot.username) ?? "");

async function start(app, person, code) {
  const chat = await app.open(person, true);
  await chat.act("say", { text: ("/start " + code).trim() });
}

export function sendSamples(chat) {
  const tiles = [1, 2, 3].map((n) => el("label", { class: "sample" },
    el("input", { type: "checkbox", name: "sample", value: n, checked: n === 1, "data-sample": n }),
    el("img", { src: `samples/${n}.jpg`, alt: t("samplePhoto", { n }), width: 640, height: 480 })));
  const body = [el("p", {}, t("pickSampleHint")), el("div", { class: "samples" }, tiles),
    field(t("caption"), { name: "caption", autocomplete: "off", "data-field": "caption" })];
  const dialog = form(t("pickSample"), body, t("sendPhotos", { n: 1 }), async (values) => {
    const files = await Promise.all(values.getAll("sample").map(async (n) =>
      new File([await (await fetch(`samples/${n}.jpg`)).blob()], `mau-${n}.jpg`, { type: "image/jpeg" })));
    if (!files.length) return t("pickSample");
    try { await sendFiles(chat.id, "photo", files, values.get("caption")); } catch (err) { return t("failed", { why: err.message }); }
  });
  dialog.addEventListener("change", () => {
    dialog.querySelector(".main").textContent = t("sendPhotos", { n: dialog.querySelectorAll(":checked").length });
  });
}

export function sendPlace(chat) {
  form(t("place"), [
    field(t("latitude"), { name: "latitude", type: "number", step: "any", min: -90, max: 90, value: "10.3759", required: true }),
    field(t("longitude"), { name: "longitude", type: "number", step: "any", min: -180, max: 180, value: "105.4185", required: true }),
  ], t("send"), async (values) => {
    await chat.act("location", { latitude: Number(values.get("latitude")), longitude: Number(values.get("longitude")) });
  });
}

export function sendContact(chat) {
  form(t("otherContact").replace("…", ""), [
    field(t("name"), { name: "name", required: true, value: "Lê Văn Ba", autocomplete: "off" }),
    field(t("phone"), { name: "phone", type: "tel", required: true, value: "84987654321", autocomplete: "off" }),
  ], t("send"), async (values) => {
    await chat.act("contact", { contact: { first_name: values.get("name"), phone_number: values.get("phone") } });
  });
}

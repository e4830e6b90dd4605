// The page's own words, in every language that it speaks; what the bot says is
// the bot's affair.

const words = {
  vi: {
    title: "Dùng thử {bot}",
    lead: "Telegram thu nhỏ trên máy này. Không có gì gửi ra ngoài.",
    language: "Ngôn ngữ", tasks: "Việc nên thử", people: "Mọi người", open: "Mở", close: "Đóng",
    unread: "{n} tin chưa đọc", chatOf: "Trò chuyện của {name}", messages: "Tin nhắn",
    start: "Bắt đầu", startHint: "{bot} làm được gì?", unblock: "Bỏ chặn bot", blocked: "Đã chặn bot",
    write: "Nhắn tin", send: "Gửi", attach: "Đính kèm", commands: "Lệnh", noCommands: "Bot chưa đặt lệnh nào",
    keyboard: "Bàn phím của bot", more: "Thêm", messageMenu: "Tùy chọn cho tin nhắn",
    reply: "Trả lời", edit: "Sửa", copy: "Chép nội dung", copied: "Đã chép", replyTo: "Trả lời {name}", editing: "Sửa tin nhắn", cancel: "Thôi",
    photo: "Ảnh từ máy…", sample: "Ảnh mẫu…", document: "Tệp…", location: "Vị trí…", ownContact: "Số điện thoại của tôi", otherContact: "Số điện thoại người khác…",
    pickSample: "Chọn ảnh mẫu", pickSampleHint: "Chọn một hoặc nhiều ảnh; nhiều ảnh đi thành một album.", samplePhoto: "Ảnh mẫu {n}", caption: "Chú thích (không bắt buộc)",
    sendPhotos: "Gửi {n} ảnh", place: "Gửi vị trí", latitude: "Vĩ độ", longitude: "Kinh độ", name: "Họ tên", phone: "Số điện thoại",
    invite: "Mở đường dẫn mời…", openInvite: "Mở lời mời", inviteTitle: "Mở đường dẫn mời", inviteField: "Đường dẫn hoặc mã mời", inviteAs: "Mở bằng tài khoản của", inviteBad: "Mã mời chỉ gồm chữ cái không dấu, chữ số, dấu - và _, dài nhất 64.",
    block: "Chặn bot", shareNumber: "Gửi số điện thoại của mình cho bot?", yes: "Gửi", ok: "Đồng ý",
    edited: "đã sửa", typing: "đang soạn tin", sending: "đang gửi tệp",
    pinned: "Tin ghim", pinnedNote: "{name} đã ghim “{text}”", forwarded: "Chuyển tiếp từ {name}", contact: "Liên hệ", locationOf: "Vị trí",
    photoWord: "Ảnh", videoWord: "Video", newest: "Xuống tin mới nhất", download: "Tải {name}", viewPhoto: "Xem ảnh", failed: "Không làm được: {why}", lost: "Mất kết nối với máy chủ dùng thử. Đang thử lại…", you: "Đồng chí", spoiler: "Bấm để xem",
    nobody: "Chọn một người để bắt đầu.", tooMany: "Mỗi lần gửi nhiều nhất 10 tệp.",
    clock: "Đồng hồ thử", step_hour: "+1 giờ", step_day: "+1 ngày", step_next: "Đến mốc tới", clockNext: "Mốc tới: {day}, {hour}: {what}", clockNothing: "Chưa có mốc nào sắp tới.",
    clockSaid: "Bây giờ là {time}", clockOf: "Đồng hồ thử của {bot}", clockLead: "Tua thời gian: lời nhắc, chốt kỳ và bản tổng hợp đến thật trên điện thoại của mọi người.",
  },
  en: {
    title: "Try {bot}",
    lead: "A small Telegram on this computer. Nothing leaves it.",
    language: "Language", tasks: "Things to try", people: "People", open: "Open", close: "Close",
    unread: "{n} unread", chatOf: "{name}’s chat", messages: "Messages",
    start: "Start", startHint: "What can {bot} do?", unblock: "Unblock the bot", blocked: "The bot is blocked",
    write: "Message", send: "Send", attach: "Attach", commands: "Commands", noCommands: "The bot has set no commands",
    keyboard: "The bot’s keyboard", more: "More", messageMenu: "Message options",
    reply: "Reply", edit: "Edit", copy: "Copy text", copied: "Copied", replyTo: "Reply to {name}", editing: "Edit message", cancel: "Cancel",
    photo: "Photo from this computer…", sample: "Sample photo…", document: "File…", location: "Location…", ownContact: "My phone number", otherContact: "Someone else’s number…",
    pickSample: "Choose sample photos", pickSampleHint: "One or several; several go as one album.", samplePhoto: "Sample photo {n}", caption: "Caption (optional)",
    sendPhotos: "Send {n}", place: "Send a location", latitude: "Latitude", longitude: "Longitude", name: "Name", phone: "Phone number",
    invite: "Open an invitation link…", openInvite: "Open the invitation", inviteTitle: "Open an invitation link", inviteField: "Link or invitation code", inviteAs: "Open it as", inviteBad: "A code has only letters, digits, - and _, at most 64.",
    block: "Block the bot", shareNumber: "Share your phone number with the bot?", yes: "Share", ok: "OK",
    edited: "edited", typing: "typing", sending: "sending a file",
    pinned: "Pinned message", pinnedNote: "{name} pinned “{text}”", forwarded: "Forwarded from {name}", contact: "Contact", locationOf: "Location",
    photoWord: "Photo", videoWord: "Video", newest: "Go to the newest message", download: "Save {name}", viewPhoto: "View photo", failed: "Not done: {why}", lost: "Lost the trial server. Trying again…", you: "You", spoiler: "Press to show",
    nobody: "Choose somebody to begin.", tooMany: "At most 10 files at once.",
    clock: "Trial clock", step_hour: "+1 hour", step_day: "+1 day", step_next: "To what is next", clockNext: "Next: {day}, {hour}: {what}", clockNothing: "Nothing is due soon.",
    clockSaid: "It is now {time}", clockOf: "Trial clock of {bot}", clockLead: "Move time on: reminders, cut-offs and digests then really arrive on everybody’s phone.",
  },
};

let language = "vi";

export const languages = () => Object.keys(words);
export const current = () => language;

export function speak(code) {
  language = words[code] ? code : "vi";
  document.documentElement.lang = language;
}

// t is a text of the page, its {names} filled in.
export function t(key, values = {}) {
  return (words[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// pick is a text that the server gave in several languages.
export const pick = (texts) => texts?.[language] ?? Object.values(texts ?? {})[0] ?? "";

export { words };

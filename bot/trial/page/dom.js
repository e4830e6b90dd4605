// Small helps for building the page. Text always goes in as text, never as
// markup: what people and the bot write cannot become part of the page.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

const paths = {
  send: "M3 20.5v-7L14 12 3 10.5v-7L22 12z",
  attach: "M8 12.5 14.5 6a3 3 0 0 1 4.2 4.2L10 19a5 5 0 0 1-7-7l8.5-8.5",
  more: "M12 5.2v.1M12 12v.1M12 18.8v.1",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9l6 6 6-6",
  keys: "M3 6h18v12H3zM7 10h.1M11 10h.1M15 10h.1M18 10h.1M7.5 14.5h9",
  slash: "M15 5 9 19",
  reply: "M10 8 5 12.5 10 17M5.500 12.5H15a4 4 0 0 1 4 4V18",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  spin: "M12 3a9 9 0 1 1-9 9",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon icon-" + name);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

export function button(label, props = {}, ...children) {
  return el("button", { type: "button", "aria-label": label, title: label, ...props }, ...children);
}

// initials are the first letters of the first and last word, as on an avatar.
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((w) => [...w][0] ?? "").join("").toLocaleUpperCase("vi");
}

export function avatar(name, id) {
  return el("span", { class: "avatar tint-" + (Math.abs(id) % 7), "aria-hidden": "true" }, initials(name));
}

// modal opens a dialog and removes it when it closes.
export function modal(title, ...children) {
  const dialog = el("dialog", { class: "modal", "aria-label": title }, el("h2", {}, title), ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// menu opens a list of choices beside a button; arrows move, Escape closes.
export function menu(anchor, items) {
  document.querySelector(".menu")?.remove();
  const list = el("div", { class: "menu", role: "menu" });
  const shut = () => { list.remove(); document.removeEventListener("pointerdown", outside, true); };
  const outside = (e) => { if (!list.contains(e.target)) shut(); };
  for (const item of items.filter(Boolean)) {
    list.append(el("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", "data-menu": item.name,
      onclick: () => { shut(); item.run(); } }, item.text));
  }
  list.addEventListener("keydown", (e) => {
    const all = [...list.children];
    const at = all.indexOf(document.activeElement);
    if (e.key === "Escape") { shut(); anchor.focus(); }
    if (e.key === "ArrowDown") all[(at + 1) % all.length].focus();
    if (e.key === "ArrowUp") all[(at + all.length - 1) % all.length].focus();
  });
  document.body.append(list);
  const box = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - list.offsetWidth - 8));
  const above = box.bottom + list.offsetHeight + 8 > innerHeight;
  list.style.left = left + "px";
  list.style.top = (above ? Math.max(8, box.top - list.offsetHeight - 4) : box.bottom + 4) + "px";
  document.addEventListener("pointerdown", outside, true);
  list.firstElementChild?.focus();
}

// A reader's own choice of platforms and provisions. It is kept in this browser, and sent nowhere.
const root = document.body.dataset.root;
const key = "govdigest-watchlist";
const byId = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const boxes = [...document.querySelectorAll("#watchlist input[type=checkbox]")];
const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    return { platform: new Set(kept.platform || []), provision: new Set(kept.provision || []) };
  } catch {
    return { platform: new Set(), provision: new Set() };
  }
};
const chosen = read();
const query = new URLSearchParams(location.search);
for (const [name, parameter] of [["platform", "p"], ["provision", "q"]]) {
  for (const slug of (query.get(parameter) || "").split(",")) {
    if (boxes.some((box) => box.name === name && box.value === slug)) chosen[name].add(slug);
  }
}
const keep = () => {
  try {
    localStorage.setItem(key, JSON.stringify({ platform: [...chosen.platform], provision: [...chosen.provision] }));
  } catch {
    byId("told").textContent = "This browser keeps nothing for this site: the list will be forgotten.";
  }
};
const [changes, feeds] = await Promise.all(["changes/", "feeds/"].map(async (path) =>
  (await fetch(`${root}${path}index.json`)).json()));

const names = { first: "First version", material: "Material change", editorial: "Editorial change", reverted: "Reverted",
  gone: "Gone", back: "Back", unreadable: "Unreadable", effective: "Takes effect", correction: "Correction" };
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const line = (event) => make("li", { className: "event" },
  make("p", { className: "when" },
    make("time", { dateTime: event.announced, textContent: day.format(new Date(event.announced)) }), " ",
    make("span", { className: `kind ${event.kind}`, textContent: names[event.kind] || event.kind })),
  make("p", { className: "what" }, `${event.platform_name}, ${event.document_name}: `,
    make("a", { href: root + event.url, textContent: event.headline })),
  ...event.moves.filter((move) => chosen.provision.has(move.provision)).map((move) =>
    make("p", { className: "move" }, make("b", { textContent: move.name }), `: ${move.before} → ${move.after}`)));

const draw = () => {
  for (const box of boxes) box.checked = chosen[box.name].has(box.value);
  const number = chosen.platform.size + chosen.provision.size;
  const found = changes.events.filter((event) => chosen.platform.has(event.platform)
    || event.also.some((one) => chosen.platform.has(one.split("/")[0]))
    || event.provisions.some((one) => chosen.provision.has(one))).slice(0, 50);
  byId("events").replaceChildren(...found.map(line));
  byId("told").textContent = !number ? "Nothing is watched yet: choose above."
    : found.length ? `${found.length === 50 ? "The newest 50 changes" : found.length === 1 ? "1 change" : `${found.length} changes`} for what you watch, newest first.`
    : "Nothing was announced lately for what you watch.";
  byId("opml").disabled = byId("forget").disabled = !number;
};

for (const box of boxes) {
  box.addEventListener("change", () => {
    chosen[box.name][box.checked ? "add" : "delete"](box.value);
    keep();
    draw();
  });
}
byId("narrow").addEventListener("input", () => {
  const words = byId("narrow").value.trim().toLowerCase();
  for (const item of document.querySelectorAll(".checks li")) item.hidden = !item.textContent.toLowerCase().includes(words);
});
byId("forget").addEventListener("click", () => {
  chosen.platform.clear();
  chosen.provision.clear();
  keep();
  draw();
});
byId("opml").addEventListener("click", () => {
  const list = document.implementation.createDocument(null, "opml");
  list.documentElement.setAttribute("version", "2.0");
  const add = (parent, tag, words) => {
    const element = list.createElement(tag);
    if (words) element.textContent = words;
    return parent.appendChild(element);
  };
  add(add(list.documentElement, "head"), "title", "Watchlist");
  const body = add(list.documentElement, "body");
  for (const feed of feeds.feeds) {
    const slug = feed.events.split("/").slice(-2)[0];
    if (feed.of === "site" || !chosen[feed.of].has(slug)) continue;
    const outline = add(body, "outline");
    const address = new URL(`${root}${feed.events}.xml`, location.href).href;
    for (const [name, value] of [["type", "rss"], ["text", feed.name], ["xmlUrl", address]]) outline.setAttribute(name, value);
  }
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(list)}\n`;
  const link = make("a", { download: "watchlist.opml", href: URL.createObjectURL(new Blob([text], { type: "text/x-opml" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
keep();
byId("watchlist").hidden = false;
draw();

// Search by Pagefind, loaded when the first search is made.
const root = document.body.dataset.root;
const home = new URL(root, location.href);
const step = 10;
const byId = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
let known;
const places = async (words) => {
  known ??= await (await fetch(new URL("compare/index.json", home))).json();
  const asked = words.toLowerCase().split(/\s+/).filter((word) => word.length > 2);
  const named = [...known.platforms.map((one) => ({ ...one, kind: "Platform" })), ...known.provisions.map((one) => ({ ...one, kind: "Provision" }))];
  const fit = (one) => one.name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => asked.some((each) => word === each || (each.length > 3 && word.startsWith(each)))).length
    / one.name.split(/\s+/).length;
  return named.map((one) => ({ ...one, fit: fit(one) })).filter((one) => one.fit > 0).sort((a, b) => b.fit - a.fit).slice(0, 4);
};
let engine;
let found = [];
let shown = 0;
let turn = 0;

// Pagefind's excerpts are escaped text with <mark> around what was found: only that one element is made of them. They
// begin and end where their number of words does.
const excerpt = (html) => {
  const paragraph = make("p", {}, /^[\p{Lu}\d“"‘(]/u.test(html) ? "" : "… ");
  for (const part of html.split(/(<mark>.*?<\/mark>)/)) {
    const marked = part.startsWith("<mark>");
    const text = new DOMParser().parseFromString(`<p>${part}</p>`, "text/html").body.textContent;
    paragraph.append(marked ? make("mark", { textContent: text }) : text);
  }
  if (!/[.!?:;”"’)]\s*$/u.test(html)) paragraph.append(" …");
  return paragraph;
};
const more = async () => {
  const mine = turn;
  const pages = await Promise.all(found.slice(shown, shown + step).map((one) => one.data()));
  if (mine !== turn) return;
  shown += pages.length;
  for (const page of pages) {
    const parts = page.sub_results?.length ? page.sub_results.slice(0, 3) : [page];
    const kind = Object.keys(page.filters || {}).join();
    byId("results").append(make("li", {},
      make("h2", {}, make("a", { href: page.url, textContent: page.meta.title })),
      make("p", { className: "quiet", textContent: kind }),
      ...parts.map((part) => make("div", {}, excerpt(part.excerpt),
        ...(part !== page && part.url !== page.url
          ? [make("p", { className: "go" }, make("a", { href: part.url, textContent: part.title }))] : [])))));
  }
  byId("more").hidden = shown >= found.length;
};
const search = async () => {
  const words = byId("q").value.trim();
  const kinds = [...document.querySelectorAll("[name=kind]:checked")].map((box) => box.value);
  const mine = ++turn;
  byId("results").replaceChildren();
  byId("places").replaceChildren();
  byId("more").hidden = true;
  if (!words) { byId("told").textContent = ""; return; }
  byId("told").textContent = "Searching…";
  try {
    if (!engine) {
      const folder = new URL("pagefind/", home);
      const loaded = await import(new URL("pagefind.js", folder).href);
      const parts = await (await fetch(new URL("parts.json", folder))).json();
      await loaded.options({ baseUrl: home.pathname });
      await loaded.init();
      for (const part of parts.others) {
        await loaded.mergeIndex(new URL(part, folder).pathname, { baseUrl: home.pathname });
      }
      engine = loaded;
    }
    const near = await places(words);
    if (mine !== turn) return;
    byId("places").replaceChildren(...near.map((one) => make("li", {},
      make("a", { href: new URL(one.url, home).pathname, textContent: one.name }), " ", make("span", { className: "quiet", textContent: one.kind }))));
    const answer = await engine.search(words, kinds.length ? { filters: { any: kinds.map((kind) => ({ [kind]: "yes" })) } } : {});
    if (mine !== turn) return;
    found = answer.results;
    shown = 0;
    byId("told").textContent = !found.length ? "No page has these words. Try fewer, or other ones."
      : `${found.length === 1 ? "1 page has" : `${found.length} pages have`} these words.`;
    await more();
  } catch (error) {
    byId("told").textContent = `The index could not be loaded (${error.message}).`;
  }
};
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?q=${encodeURIComponent(byId("q").value)}`);
  search();
});
for (const box of document.querySelectorAll("[name=kind]")) box.addEventListener("change", search);
byId("more").addEventListener("click", more);
byId("q").value = new URLSearchParams(location.search).get("q") || "";
if (byId("q").value) search();

// Two to five platforms side by side, from the data files that stand beside the pages. All text goes in as text.
const root = document.body.dataset.root;
const most = 5;
const byId = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const get = async (path) => {
  const answer = await fetch(root + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const known = await get("compare/index.json");
const platforms = new Map(known.platforms.map((one) => [one.platform, one]));
const loaded = new Map();
let chosen = (new URLSearchParams(location.search).get("p") || "")
  .split(",")
  .filter((slug, index, all) => platforms.has(slug) && all.indexOf(slug) === index)
  .slice(0, most);

for (const one of known.platforms) byId("platforms").append(make("option", { value: one.name }));

const scopes = { consumer: "for consumers", business: "for businesses" };
const audiences = { consumer: "consumers", business: "businesses", developer: "developers" };
const order = ["high", "medium", "low"];
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// The same answer of several documents is shown once, highest exposure first, with the parameters and quotes of each.
const grouped = (cell) => {
  const groups = new Map();
  for (const one of [...cell].sort((a, b) => order.indexOf(a.exposure) - order.indexOf(b.exposure))) {
    const same = [one.position, one.scope].join("/");
    groups.set(same, [...(groups.get(same) || []), one]);
  }
  return [...groups.values()];
};

const inferred = () => make("a", { className: "quiet", href: `${root}methodology/#inferred`, textContent: "inferred" });

// Periods, sums, ages and places that are part of an answer: the same answer with others is not the same.
const details = (cell, provision) => [...new Set(cell.flatMap((each) => provision.compared.flatMap((name) =>
  (each.parameters[name] || []).map((value) => `${each.scope}/${name}/${value.toLowerCase().replace(/^(the )?(state of )?/, "")}`))))].sort().join();

const answer = (group, documents) => {
  const [one] = group;
  const document_ = documents.get(one.document);
  const scope = scopes[one.scope] ? ` ${scopes[one.scope]}` : "";
  const fragment = `${one.provision}-${one.position}${one.scope === "all" ? "" : `-${one.scope}`}`;
  const says = make("p", { className: "says" });
  says.append(
    make("span", { className: `x ${one.exposure}`, textContent: capital(one.exposure) }), " ",
    make("a", { href: `${root}${document_.url}#${fragment}`, textContent: one.position_name }),
    make("span", { className: "quiet", textContent: scope }), " ",
  );
  const differ = group.some((each) => each.values !== one.values);
  if (one.values && !differ) says.append(make("span", { className: "values", textContent: one.values }));
  if (group.every((each) => each.basis === "inferred")) says.append(" ", inferred());
  const folds = group.map((each) => {
    const from = documents.get(each.document);
    const text = each.version ? `${root}${from.url}versions/${each.version}/` : "";
    // the first quote's passage has an address; the others are found from the text's beginning
    const quotes = each.quotes.map((quote, index) => make("blockquote", {}, make("p", {}, quote.plain, ...(text
      ? [" ", make("a", { className: "go", href: index ? text : `${text}#${each.anchor}`, textContent: "in the text" })] : []))));
    const whom = from.audience === "everyone" ? "" : `, for ${audiences[from.audience]}`;
    const name = `${from.document_name}${whom}: ${quotes.length} ${quotes.length === 1 ? "quote" : "quotes"}`;
    const summary = make("summary", { textContent: name });
    if (differ && each.values) summary.append(" ", make("span", { className: "values", textContent: each.values }));
    const page = make("a", { href: `${root}${from.url}#${fragment}`, textContent: `${one.position_name}, on its page` });
    return make("details", {}, summary, ...quotes, ...(each === one ? [] : [make("p", { className: "go" }, page)]));
  });
  return make("div", { className: "answer" }, says, ...folds);
};

const draw = async () => {
  byId("chosen").replaceChildren(...chosen.map((slug) => {
    const button = make("button", { type: "button", textContent: `${platforms.get(slug).name} ✕` });
    button.setAttribute("aria-label", `Remove ${platforms.get(slug).name}`);
    button.addEventListener("click", () => { chosen = chosen.filter((one) => one !== slug); update(); byId("pick").focus(); });
    return make("li", {}, button);
  }));
  if (chosen.length < 2) {
    byId("table").replaceChildren();
    byId("told").textContent = chosen.length ? "Choose one more." : "";
    return;
  }
  const asked = chosen.join();
  byId("told").textContent = "Loading…";
  try {
    await Promise.all(chosen.filter((slug) => !loaded.has(slug)).map(async (slug) => {
      loaded.set(slug, await get(`${platforms.get(slug).url}index.json`));
    }));
  } catch (error) {
    byId("told").textContent = `The data could not be loaded (${error.message}).`;
    return;
  }
  if (asked !== chosen.join()) return;
  const data = chosen.map((slug) => loaded.get(slug));
  const documents = data.map((one) => new Map(one.documents.map((each) => [each.document, each])));
  const read = data.map((one) => one.documents.filter((each) => each.read).length);
  const whole = data.map((one, index) => read[index] === one.documents.length);
  const rows = known.provisions.map((provision) => {
    const cells = data.map((one) => one.statements.filter((each) => each.provision === provision.provision));
    const said = cells.map((cell) => [...new Set(cell.map((each) => `${each.position}/${each.scope}`))].sort().join());
    // where documents were not read, that there is no answer is no silence: such a cell differs from nothing
    const certain = said.filter((one, index) => one || whole[index]);
    const differs = new Set(certain).size > 1;
    const silent = said.every((one) => !one);
    const open = !differs && !silent && certain.length < said.length;
    const detailed = !differs && !open && new Set(cells.map((cell) => details(cell, provision))).size > 1;
    return { provision, cells, differs, detailed, silent, open };
  });
  const every = byId("same").checked;
  const differing = rows.filter((row) => row.differs);
  const open = rows.filter((row) => row.open);
  const detailed = rows.filter((row) => row.detailed);
  const same = rows.filter((row) => !row.differs && !row.detailed && !row.silent && !row.open);
  const silent = rows.filter((row) => row.silent);
  byId("told").textContent = `${differing.length} ${differing.length === 1 ? "provision" : "provisions"} answered differently, `
    + `${detailed.length} alike but for a period, sum, age or place, ${same.length} alike, nothing found on ${silent.length}`
    + (open.length ? `, and ${open.length} on which they may differ or not, as not all documents were read.` : ".");
  const head = make("tr", {}, make("th", { scope: "col", textContent: "Provision" }), ...data.map((one, index) => {
    const of = one.documents.length;
    const told = whole[index] ? `${of} ${of === 1 ? "document" : "documents"} read` : `${read[index]} of ${of} ${of === 1 ? "document" : "documents"} read`;
    const link = make("a", { href: root + one.url, textContent: one.platform_name });
    return make("th", { scope: "col" }, link, " ", make("span", { className: "quiet below", textContent: told }));
  }));
  const silence = (index) => (whole[index] ? "does not say" : read[index] ? "not in those read" : "not read");
  const body = make("tbody");
  for (const row of every ? [...differing, ...detailed, ...open, ...same, ...silent] : [...differing, ...detailed, ...open]) {
    const name = make("th", { scope: "row" }, make("a", { href: root + row.provision.url, textContent: row.provision.name }));
    if (row.detailed) name.append(" ", make("span", { className: "quiet below", textContent: "same answer, other details" }));
    if (row.open) name.append(" ", make("span", { className: "quiet below", textContent: "may differ or not" }));
    const line = make("tr", { className: row.differs || row.detailed ? "differs" : "" }, name);
    row.cells.forEach((cell, index) => {
      const box = make("td");
      box.dataset.name = data[index].platform_name;
      if (cell.length) box.append(...grouped(cell).map((one) => answer(one, documents[index])));
      else box.append(make("span", { className: "quiet", textContent: silence(index) }));
      line.append(box);
    });
    body.append(line);
  }
  const caption = make("caption", { textContent: every ? "Every provision, differences first"
    : open.length ? "Provisions answered differently, in the answer or its details, then those on which they may differ or not" : "Provisions answered differently, in the answer or its details" });
  caption.append(" ", make("span", { className: "sideways", textContent: `Scroll sideways: ${data.length} platforms.` }));
  const scroll = make("div", { className: "scroll matrix fits", tabIndex: 0 }, make("table", {}, caption, make("thead", {}, head), body));
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", "Comparison");
  byId("table").replaceChildren(scroll);
};

const update = () => {
  history.replaceState(null, "", chosen.length ? `?p=${chosen.join()}` : location.pathname);
  draw();
};

document.querySelector(".chooser").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = byId("pick").value.trim().toLowerCase();
  const found = known.platforms.find((one) => one.name.toLowerCase() === words || one.platform === words)
    || (words && known.platforms.find((one) => one.name.toLowerCase().startsWith(words)));
  if (!found) byId("told").textContent = "No platform of that name.";
  else if (chosen.length >= most) byId("told").textContent = "Five at most: remove one first.";
  else if (!chosen.includes(found.platform)) { chosen.push(found.platform); byId("pick").value = ""; update(); }
});
byId("same").addEventListener("change", draw);
byId("compare").hidden = false;
draw();

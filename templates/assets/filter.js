// Filters for a list that is already on the page: a choice hides the rows that do not have it.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const list = document.getElementById(form.dataset.filter);
  if (!list) continue;
  const rows = [...list.querySelectorAll("[data-sector]")];
  const output = form.querySelector("output");
  const query = new URLSearchParams(location.search);

  const apply = (keep) => {
    const wanted = [...form.querySelectorAll("select")].filter((one) => one.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((one) => (row.dataset[one.name] || "").split(" ").includes(one.value));
      shown += row.hidden ? 0 : 1;
    }
    for (const fold of wanted.length ? list.querySelectorAll("details:has([data-sector])") : []) fold.open = true;
    for (const section of list.querySelectorAll("section, details:has([data-sector])")) {
      section.hidden = !section.querySelector("[data-sector]:not([hidden])");
    }
    output.textContent = wanted.length ? `${shown} of ${rows.length} shown` : "";
    if (keep) {
      const next = new URLSearchParams(wanted.map((one) => [one.name, one.value])).toString();
      history.replaceState(null, "", (next ? `?${next}` : location.pathname) + location.hash);
    }
  };

  for (const select of form.querySelectorAll("select")) {
    const value = query.get(select.name);
    if (value && [...select.options].some((option) => option.value === value)) select.value = value;
    select.addEventListener("change", () => apply(true));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply(false);
}

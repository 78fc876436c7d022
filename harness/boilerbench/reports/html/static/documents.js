// The table of all documents: sorted, filtered, each filter in the address.
"use strict";

boilerbench.views.documents = async (_parts, filters) => {
  setUpFilters();
  const chosen = Object.fromEntries(filters);
  for (const field of byId("filters").elements) {
    if (field.name) field.value = chosen[field.name] ?? "";
  }
  const table = await documentsTable(chosen.extractor ?? "");
  table.search(chosen.text ?? "");
  table.search.fixed("filters", (_text, row) => passes(row, chosen));
  table.draw();
  const number = table.rows({ search: "applied" }).count();
  const total = boilerbench.data.documents.length;
  const which = number === total ? "" : `${number.toLocaleString("en")} of `;
  byId("documents-title").textContent =
    `${which}${total.toLocaleString("en")} documents: F1 in points, spread between extractors, failures`;
};

const KIND_NAMES = { page_type: "Page type", language: "Language", trap: "Trap", difficulty: "Difficulty" };
const NONE = "(none)";

function setUpFilters() {
  const form = byId("filters");
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const { kinds, extractors, statuses } = boilerbench.data;
  for (const [by, values] of Object.entries(kinds)) {
    const found = [...new Set(values.flatMap((each) => (each.length ? each : [NONE])))].sort();
    byId("filter-kinds").append(
      choice(by, KIND_NAMES[by], [["", "any"], ...found.map((each) => [each, each])]),
    );
  }
  options(byId("filter-extractor"), [["", "any"], ...extractors.map((each) => [each.name, each.label])]);
  options(byId("filter-status"), [
    ["", "any"],
    ["failed", "failed"],
    ...statuses.map((each) => [each, each]),
  ]);
  for (const name of ["text", "extractor", "status", "from", "to"]) byId(`filter-${name}`).name = name;
  const apply = () => {
    const chosen = [...form.elements].filter((each) => each.name).map((each) => [each.name, each.value]);
    go("documents", [], Object.fromEntries(chosen));
  };
  form.addEventListener("change", apply);
  byId("filter-text").addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go("documents", [], {});
  });
}

function choice(name, title, values) {
  const select = element("select", { name });
  options(select, values);
  return element("label", {}, `${title} `, select);
}

function options(select, values) {
  select.replaceChildren(...values.map(([value, text]) => element("option", { value }, text)));
}

function passes(row, chosen) {
  for (const by of Object.keys(boilerbench.data.kinds)) {
    if (chosen[by] && !row[by].includes(chosen[by]) && !(chosen[by] === NONE && !row[by].length))
      return false;
  }
  const asked = boilerbench.place.get(chosen.extractor);
  const places = asked === undefined ? row.f1.keys() : [asked];
  const fits = (place) => rightStatus(row.status[place], chosen.status) && between(row.f1[place], chosen);
  return [...places].some(fits);
}

function rightStatus(status, asked) {
  const { statuses, failed } = boilerbench.data;
  if (!asked) return true;
  return asked === "failed" ? failed.includes(status) : statuses[status] === asked;
}

function between(value, { from, to }) {
  if (!from && !to) return true;
  return value !== null && value >= (from ? Number(from) : 0) && value <= (to ? Number(to) : 100);
}

function rowsOfDocuments() {
  const { documents, extractors, kinds, status, failed } = boilerbench.data;
  const f1 = boilerbench.data.f1[boilerbench.measure];
  return documents.map((id, at) => {
    const figures = f1.map((each) => each[at]);
    const outcomes = status.map((each) => each[at]);
    const its = Object.fromEntries(Object.entries(kinds).map(([by, values]) => [by, values[at]]));
    return {
      id,
      ...its,
      f1: figures,
      status: outcomes,
      spread: deviation(figures.filter((_, place) => !extractors[place].reference)),
      failures: outcomes.filter((each) => failed.includes(each)).length,
    };
  });
}

// The standard deviation, as in the table of disagreements.
function deviation(figures) {
  const known = figures.filter((each) => each !== null);
  if (!known.length) return null;
  const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
  return Math.sqrt(known.reduce((sum, each) => sum + (each - mean) ** 2, 0) / known.length);
}

let current = { key: null, table: null };

async function documentsTable(extractor) {
  const DataTable = await boilerbench.tables();
  const key = `${boilerbench.measure} ${extractor}`;
  if (current.key === key) return current.table;
  current.table?.destroy();
  const box = byId("documents-table");
  const columns = columnsOfDocuments(extractor);
  // DataTables would read a heading that it is given as markup.
  fill(
    box,
    columns.map((each) => each.heading),
    [],
  );
  const sorted = extractor
    ? [columns.findIndex((each) => each.name === `f1 ${extractor}`), "asc"]
    : [columns.findIndex((each) => each.name === "spread"), "desc"];
  const table = new DataTable(box, {
    data: rowsOfDocuments(),
    columns,
    order: [sorted],
    deferRender: true,
    autoWidth: false,
    pageLength: 25,
    layout: { topStart: null, topEnd: null, bottomStart: "pageLength", bottomEnd: "paging" },
    language: { lengthMenu: "_MENU_ a page", zeroRecords: "No document is so." },
  });
  table.on("draw", () => {
    boilerbench.order = table
      .rows({ search: "applied", order: "applied" })
      .data()
      .toArray()
      .map((each) => each.id);
  });
  box.rowsAsTexts = () => [
    columns.map((each) => each.heading),
    ...table
      .rows({ search: "applied", order: "applied" })
      .data()
      .toArray()
      .map((row) => columns.map((column) => column.plain(row))),
  ];
  current = { key, table };
  return table;
}

// That of the chosen extractor stands first, so that it need not be looked for.
function columnsOfDocuments(chosen) {
  const { extractors, kinds } = boilerbench.data;
  const text = (heading, name, plain) => ({ heading, name, plain, className: "text" });
  const figure = (heading, name, value, plain) => ({ heading, name, plain, value, className: "figure" });
  const scores = extractors.map(({ name }, place) => ({
    ...figure(
      name,
      `f1 ${name}`,
      (row) => row.f1[place],
      (row) => points(row.f1[place]),
    ),
    node: (row) => scoreLink(row, place, name),
  }));
  scores.sort((one, other) => (other.heading === chosen) - (one.heading === chosen));
  const described = Object.keys(kinds).map((by) => text(KIND_NAMES[by], by, (row) => row[by].join(", ")));
  const columns = [
    { ...text("Document", "id", (row) => row.id), node: (row) => documentLink(row.id, chosen) },
    figure(
      "Spread",
      "spread",
      (row) => row.spread,
      (row) => points(row.spread),
    ),
    figure(
      "Failed",
      "failures",
      (row) => row.failures,
      (row) => String(row.failures),
    ),
    ...scores,
    ...described,
  ];
  return columns.map((each) => ({
    ...each,
    data: null,
    render: (_, type, row) => rendered(each, type, row),
    orderSequence: each.value ? ["desc", "asc"] : ["asc", "desc"],
  }));
}

// What a cell shows is always a node, never markup made from text.
function rendered(column, type, row) {
  if (type === "display") return column.node ? column.node(row) : document.createTextNode(column.plain(row));
  if (type === "sort" || type === "type") return column.value ? (column.value(row) ?? -1) : column.plain(row);
  return column.value ? "" : column.plain(row);
}

function scoreLink(row, place, name) {
  const { statuses } = boilerbench.data;
  const status = statuses[row.status[place]];
  const its = link(points(row.f1[place]), address("document", [row.id, name]));
  if (status === "ok") return its;
  return element("span", {}, its, element("span", { class: `status ${status}` }, ` ${status}`));
}

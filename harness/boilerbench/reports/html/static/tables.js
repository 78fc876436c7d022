// Static tables become sortable.
"use strict";

boilerbench.views.overview = async () => {
  await Promise.all([sortable("overview"), boilerbench.drawOverview()]);
};

boilerbench.views.kinds = () => sortable("kinds");

async function sortable(view) {
  const DataTable = await boilerbench.tables();
  // Those with an id are filled by a script.
  for (const table of byId(view).querySelectorAll("table.figures:not([id])")) {
    if (!DataTable.isDataTable(table)) {
      new DataTable(table, { paging: false, searching: false, info: false, order: [], autoWidth: false });
    }
  }
}

// Fill a small table with rows of cells; a cell is a text or a node.
function fill(table, columns, rows) {
  const head = element(
    "thead",
    {},
    element(
      "tr",
      {},
      ...columns.map((each, place) =>
        element("th", place ? { scope: "col" } : { scope: "col", class: "text" }, each),
      ),
    ),
  );
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      ...row.map((each, place) => element(place ? "td" : "th", place ? {} : { scope: "row" }, each)),
    ),
  );
  table.replaceChildren(head, element("tbody", {}, ...body));
}

function link(text, href) {
  return element("a", { href }, text);
}

// A document's id, cut if it is long; what is copied is the whole.
function documentLink(id, extractor, shown = {}) {
  const made = link(boilerbench.short.get(id), address("document", [id, extractor], shown));
  made.title = made.dataset.text = id;
  return made;
}

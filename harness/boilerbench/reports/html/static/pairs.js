// Any two extractors: verdict, every document, and those that decide it.
"use strict";

const DECIDING = 10;

boilerbench.views.pair = async (parts) => {
  const { extractors, verdicts, documents } = boilerbench.data;
  const [first, second] = chosenPair(parts);
  for (const [id, chosen] of [
    ["first", first],
    ["second", second],
  ]) {
    byId(id).replaceChildren(
      ...extractors.map((each, place) =>
        element("option", { value: place, ...(place === chosen ? { selected: "" } : {}) }, each.label),
      ),
    );
  }
  const order = first < second ? [first, second] : [second, first];
  byId("verdict").textContent = verdicts[boilerbench.measure][order.join(",")] ?? "No document is scored.";
  const f1 = boilerbench.data.f1[boilerbench.measure];
  const rows = documents
    .map((id, at) => ({ id, one: f1[first][at], other: f1[second][at] }))
    .filter((each) => each.one !== null && each.other !== null)
    .map((each) => ({ ...each, difference: each.one - each.other }));
  showPairStructure(first, second);
  showWins("first", rows, first, second, 1);
  showWins("second", rows, second, first, -1);
  await drawPair(rows, extractors[first], extractors[second]);
};

function chosenPair(parts) {
  const { extractors, pair } = boilerbench.data;
  const asked = parts.map((name) => boilerbench.place.get(name)).filter((place) => place !== undefined);
  const [first, second] =
    asked.length === 2 ? asked : (pair ?? []).map((name) => boilerbench.place.get(name));
  return first === undefined || first === second ? [0, extractors.length - 1] : [first, second];
}

function showWins(side, rows, winner, loser, sign) {
  const { extractors } = boilerbench.data;
  const won = rows
    .filter((each) => sign * each.difference > 0)
    .sort((one, other) => sign * (other.difference - one.difference) || (one.id < other.id ? -1 : 1))
    .slice(0, DECIDING);
  const where = won.length ? "wins most (F1)" : "wins: nowhere";
  byId(`${side}-wins-title`).textContent = `Where ${extractors[winner].label} ${where}`;
  fill(
    byId(`${side}-wins`),
    ["Document", "It", "Other", "Difference"],
    won.map((each) => {
      const [its, others] = sign > 0 ? [each.one, each.other] : [each.other, each.one];
      return [
        documentLink(each.id, extractors[winner].name, { against: extractors[loser].name }),
        link(points(its), address("document", [each.id, extractors[winner].name])),
        link(points(others), address("document", [each.id, extractors[loser].name])),
        `+${points(its - others)}`,
      ];
    }),
  );
}

async function drawPair(rows, first, second) {
  const dots = {
    type: "scatter",
    mode: "markers",
    x: rows.map((each) => each.one),
    y: rows.map((each) => each.other),
    text: rows.map((each) => safe(each.id)),
    customdata: rows.map((each) => each.id),
    marker: { size: 7, opacity: 0.6, color: COLOURS[0] },
    hovertemplate: "%{text}<br>%{x:.1f}, %{y:.1f}<extra></extra>",
  };
  const equal = {
    type: "scatter",
    mode: "lines",
    x: [0, 100],
    y: [0, 100],
    hoverinfo: "skip",
    line: { color: colour("line"), width: 1 },
  };
  const box = await draw(
    "pair-scatter",
    [equal, dots],
    layout(safe(first.label), safe(second.label), {
      xaxis: { range: [-3, 103] },
      yaxis: { range: [-3, 103] },
    }),
  );
  box.removeAllListeners("plotly_click");
  box.on("plotly_click", (event) => {
    const id = event.points[0].customdata;
    if (id !== undefined) go("document", [id, first.name]);
  });
  await draw(
    "pair-differences",
    [
      {
        type: "histogram",
        x: rows.map((each) => each.difference),
        xbins: { start: -102.5, end: 102.5, size: 5 },
        marker: { color: COLOURS[0], line: { color: colour("background"), width: 1 } },
        hovertemplate: "%{x} points: %{y} documents<extra></extra>",
      },
    ],
    layout("F1, first minus second", "Documents", { xaxis: { range: [-103, 103] }, bargap: 0 }),
  );
}

document.addEventListener("change", (event) => {
  if (["first", "second"].includes(event.target.id)) choosePair(byId("first").value, byId("second").value);
});

document.addEventListener("click", (event) => {
  if (event.target.id === "swap") choosePair(byId("second").value, byId("first").value);
});

function choosePair(first, second) {
  go(
    "pair",
    [first, second].map((place) => boilerbench.data.extractors[place].name),
  );
}

// Charts by Plotly, in the colours of the page.
"use strict";

const SYMBOLS = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "cross",
  "x",
  "star",
  "hexagon",
  "triangle-down",
  "pentagon",
  "bowtie",
  "hourglass",
  "star-square",
  "star-diamond",
];
// Okabe and Ito's, without black.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999"];

const TICKS = [-2, -1, 0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((each) => Number(`${each}e${power}`)));

function look(place) {
  return { color: COLOURS[place % COLOURS.length], symbol: SYMBOLS[place % SYMBOLS.length] };
}

function layout(xTitle, yTitle, more = {}) {
  const axis = (title) => ({
    title: { text: title },
    gridcolor: colour("line"),
    zerolinecolor: colour("line"),
    linecolor: colour("line"),
    automargin: true,
  });
  return {
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { color: colour("text"), size: 13 },
    margin: { l: 50, r: 15, t: 10, b: 50 },
    hovermode: "closest",
    showlegend: false,
    ...more,
    xaxis: { ...axis(xTitle), ...more.xaxis },
    yaxis: { ...axis(yTitle), ...more.yaxis },
  };
}

async function draw(id, traces, its) {
  const Plotly = await boilerbench.plotly();
  const box = byId(id);
  await Plotly.react(box, traces, its, { displaylogo: false, responsive: true, displayModeBar: false });
  return box;
}

function interval(value, low, high) {
  const up = low.map((_, at) => 100 * (high[at] - value[at]));
  const down = low.map((_, at) => 100 * (value[at] - low[at]));
  return { type: "data", symmetric: false, array: up, arrayminus: down, thickness: 1, width: 3 };
}

boilerbench.drawOverview = async () => {
  const chart = boilerbench.data.charts[boilerbench.measure];
  const scored = boilerbench.data.extractors
    .map((each, place) => ({ ...each, ...chart[place], place }))
    .filter((each) => each.f1 !== undefined && each.f1 !== null);
  const recalls = range(scored.map((each) => [each.recall_low, each.recall_high]));
  const precisions = range(scored.map((each) => [each.precision_low, each.precision_high]));
  const beside = positions(
    "precision-recall",
    scored.map((each) => ({
      name: each.name,
      x: share(100 * each.recall, recalls),
      y: share(100 * each.precision, precisions),
    })),
  );
  await draw(
    "precision-recall",
    [...isoCurves(Math.min(100, recalls[1])), ...scored.map((each, at) => precisionRecall(each, beside[at]))],
    layout("Recall", "Precision", { xaxis: { range: recalls }, yaxis: { range: precisions } }),
  );
  await drawReleases(chart);
  const timed = scored.filter((each) => each.ms_median !== null);
  if (!timed.length) {
    byId("quality-speed").textContent = "No times: nothing was called.";
    return;
  }
  const times = timed.map((each) => Math.log10(Math.max(each.ms_median, 0.01)));
  const span = [Math.min(...times) - 0.25, Math.max(...times) + 0.25];
  const scores = range(timed.map((each) => [each.f1_low, each.f1_high]));
  const near = positions(
    "quality-speed",
    timed.map((each, at) => ({
      name: each.name,
      x: share(times[at], span),
      y: share(100 * each.f1, scores),
    })),
  );
  await draw(
    "quality-speed",
    timed.map((each, at) => qualitySpeed(each, near[at])),
    layout("ms per page", "F1", {
      xaxis: { type: "log", tickvals: TICKS, ticktext: TICKS.map(String), range: span },
      yaxis: { range: scores },
    }),
  );
};

// The versions of a tool one after the other, where the run is of nothing else.
async function drawReleases(chart) {
  const releases = boilerbench.data.releases.filter(([place]) => typeof chart[place].f1 === "number");
  if (!releases.length) return;
  const figures = releases.map(([place]) => chart[place]);
  const values = figures.map((each) => each.f1);
  const trace = {
    x: releases.map(([, version]) => version),
    y: values.map((value) => 100 * value),
    error_y: interval(
      values,
      figures.map((each) => each.f1_low),
      figures.map((each) => each.f1_high),
    ),
    mode: "lines+markers",
    line: { color: COLOURS[0] },
    hovertemplate: "%{x}: %{y:.1f}<extra></extra>",
  };
  await draw("releases", [trace], layout("Release", "F1", { xaxis: { type: "category" } }));
}

function share(value, [low, high]) {
  return (value - low) / (high - low);
}

// Where each name stands beside its dot: the place that covers least of the dots and names before it.
function positions(id, dots) {
  const { clientWidth: width, clientHeight: height } = byId(id);
  const taken = dots.map(({ x, y }) => box(x * width, (1 - y) * height, 14, 14));
  return dots.map(({ name, x, y }) => {
    const [across, up, wide] = [x * width, (1 - y) * height, 7.2 * name.length];
    const places = {
      "top center": box(across, up - 16, wide, 16),
      "bottom center": box(across, up + 16, wide, 16),
      "middle right": box(across + wide / 2 + 12, up, wide, 16),
      "middle left": box(across - wide / 2 - 12, up, wide, 16),
    };
    const cost = (each) =>
      taken.reduce((sum, other) => sum + overlap(each, other), 0) + outside(each, width, height);
    const [best] = Object.keys(places).sort((one, other) => cost(places[one]) - cost(places[other]));
    taken.push(places[best]);
    return best;
  });
}

function box(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, wide) * Math.max(0, high);
}

function outside(each, width, height) {
  const beyond = Math.max(0, -each.left) + Math.max(0, each.right - width);
  return 16 * (beyond + Math.max(0, -each.top) + Math.max(0, each.bottom - height));
}

// From a little below the lowest to a little above the highest, in points.
function range(bounds) {
  const low = Math.min(...bounds.map(([each]) => 100 * each));
  const high = Math.max(...bounds.map(([, each]) => 100 * each));
  const room = Math.max(3, (high - low) * 0.08);
  return [Math.max(-2, low - room), Math.min(103, high + room)];
}

function precisionRecall(each, textposition) {
  return {
    type: "scatter",
    mode: "markers+text",
    x: [100 * each.recall],
    y: [100 * each.precision],
    text: [safe(each.name)],
    textposition,
    marker: { size: 11, ...look(each.place) },
    error_x: {
      ...interval([each.recall], [each.recall_low], [each.recall_high]),
      color: look(each.place).color,
    },
    error_y: {
      ...interval([each.precision], [each.precision_low], [each.precision_high]),
      color: look(each.place).color,
    },
    hovertemplate:
      `${safe(each.label)}<br>precision %{y:.1f}, recall %{x:.1f}, F1 ${points(100 * each.f1)}` +
      "<extra></extra>",
  };
}

function qualitySpeed(each, textposition) {
  return {
    type: "scatter",
    mode: "markers+text",
    x: [each.ms_median],
    y: [100 * each.f1],
    text: [safe(each.name)],
    textposition,
    marker: { size: 11, ...look(each.place) },
    error_y: { ...interval([each.f1], [each.f1_low], [each.f1_high]), color: look(each.place).color },
    hovertemplate: `${safe(each.label)}<br>F1 %{y:.1f}, %{x:.1f} ms<extra></extra>`,
  };
}

// Precision at which a recall makes that F1: f·r / (2r − f). Each is named at its right end.
function isoCurves(end) {
  return [20, 30, 40, 50, 60, 70, 80, 90].map((f1) => {
    const x = [];
    for (let recall = f1 / 2 + 0.5; recall <= end; recall += 0.5) x.push(recall);
    const y = x.map((recall) => (f1 * recall) / (2 * recall - f1));
    return {
      type: "scatter",
      mode: "lines+text",
      x,
      y,
      hoverinfo: "skip",
      line: { color: colour("line"), width: 1, dash: "dot" },
      text: x.map((_, at) => (at === x.length - 1 ? `F1 ${f1}` : "")),
      textposition: "top left",
      textfont: { color: colour("faint"), size: 10 },
    };
  });
}

// Plotly reads some markup in texts; a name has none.
function safe(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("%{", "%&#123;");
}

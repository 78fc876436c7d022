// Charts by Plotly, in the colours of the page.
"use strict";

const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon", "triangle-down",
  "pentagon", "bowtie", "hourglass", "star-square", "star-diamond"];
// Okabe and Ito's, without black.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999"];

function look(place) {
  return { color: COLOURS[place % COLOURS.length], symbol: SYMBOLS[place % SYMBOLS.length] };
}

function layout(xTitle, yTitle, more = {}) {
  const axis = (title) => ({ title: { text: title }, gridcolor: colour("line"), zerolinecolor: colour("line"),
    linecolor: colour("line"), automargin: true });
  return {
    paper_bgcolor: "transparent", plot_bgcolor: "transparent", font: { color: colour("text"), size: 13 },
    margin: { l: 50, r: 15, t: 10, b: 50 }, hovermode: "closest", showlegend: false,
    ...more,
    xaxis: { ...axis(xTitle), ...more.xaxis }, yaxis: { ...axis(yTitle), ...more.yaxis },
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
  const scored = boilerbench.data.extractors.map((each, place) => ({ ...each, ...chart[place], place }))
    .filter((each) => each.f1 !== undefined && each.f1 !== null);
  await draw("precision-recall", [...isoCurves(), ...scored.map(precisionRecall)], layout("Recall", "Precision", {
    xaxis: { range: range(scored.map((each) => [each.recall_low, each.recall_high])) },
    yaxis: { range: range(scored.map((each) => [each.precision_low, each.precision_high])) },
  }));
  const timed = scored.filter((each) => each.ms_median !== null);
  await draw("quality-speed", timed.map(qualitySpeed), layout("ms per page", "F1", {
    xaxis: { type: "log", dtick: "D2" },
    yaxis: { range: range(timed.map((each) => [each.f1_low, each.f1_high])) },
  }));
};

// From a little below the lowest to a little above the highest, in points.
function range(bounds) {
  const low = Math.min(...bounds.map(([each]) => 100 * each));
  const high = Math.max(...bounds.map(([, each]) => 100 * each));
  const room = Math.max(3, (high - low) * 0.08);
  return [Math.max(-2, low - room), Math.min(103, high + room)];
}

function precisionRecall(each) {
  return {
    type: "scatter", mode: "markers+text", x: [100 * each.recall], y: [100 * each.precision],
    text: [safe(each.name)], textposition: "top center", marker: { size: 11, ...look(each.place) },
    error_x: { ...interval([each.recall], [each.recall_low], [each.recall_high]), color: look(each.place).color },
    error_y: { ...interval([each.precision], [each.precision_low], [each.precision_high]),
      color: look(each.place).color },
    hovertemplate: `${safe(each.label)}<br>precision %{y:.1f}, recall %{x:.1f}, F1 ${points(100 * each.f1)}` +
      "<extra></extra>",
  };
}

function qualitySpeed(each) {
  return {
    type: "scatter", mode: "markers+text", x: [each.ms_median], y: [100 * each.f1], text: [safe(each.name)],
    textposition: "top center", marker: { size: 11, ...look(each.place) },
    error_y: { ...interval([each.f1], [each.f1_low], [each.f1_high]), color: look(each.place).color },
    hovertemplate: `${safe(each.label)}<br>F1 %{y:.1f}, %{x:.1f} ms<extra></extra>`,
  };
}

// Precision at which a recall makes that F1: f·r / (2r − f).
function isoCurves() {
  return [20, 30, 40, 50, 60, 70, 80, 90].map((f1) => {
    const x = [];
    for (let recall = f1 / 2 + 0.5; recall <= 100; recall += 0.5) x.push(recall);
    const y = x.map((recall) => (f1 * recall) / (2 * recall - f1));
    return {
      type: "scatter", mode: "lines", x, y, hoverinfo: "skip", line: { color: colour("line"), width: 1, dash: "dot" },
    };
  });
}

// Plotly reads some markup in texts; a name has none.
function safe(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("%{", "%&#123;");
}

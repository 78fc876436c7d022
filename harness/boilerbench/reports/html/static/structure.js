// What survives of headings, lists, tables, code and links: the pages behind each figure.
"use strict";

const COUNT_NAMES = ["Kept", "Lost", "Invented", "Not judged"];
const ALL_ASPECTS = "all aspects";

boilerbench.views.structure = async (parts) => {
  const { extractors, structure } = boilerbench.data;
  const place = boilerbench.place.get(parts[0]) ?? 0;
  const aspect = structure.aspects.includes(parts[1]) ? parts[1] : "";
  options(
    byId("structure-extractor"),
    extractors.map((each) => [each.name, each.label]),
  );
  options(byId("structure-aspect"), [["", ALL_ASPECTS], ...structure.aspects.map((each) => [each, each])]);
  byId("structure-extractor").value = extractors[place].name;
  byId("structure-aspect").value = aspect;
  showPagesBehind(place, aspect);
  await sortable("structure");
  if (parts.length) byId("structure-behind").scrollIntoView({ block: "nearest" });
};

// Counts by document, those first on which most is lost and invented.
function showPagesBehind(place, aspect) {
  const { documents, extractors, structure } = boilerbench.data;
  const chosen = aspect ? [structure.aspects.indexOf(aspect)] : structure.aspects.keys();
  const rows = [...countsByDocument(place, chosen)].sort(
    ([one, first], [other, second]) => bad(second) - bad(first) || one - other,
  );
  byId("structure-pages-title").textContent =
    `${extractors[place].label}, ${aspect || ALL_ASPECTS}: ${counted(rows.length, "document")}`;
  fill(
    byId("structure-pages"),
    ["Document", ...COUNT_NAMES],
    rows.map(([at, counts]) => [documentLink(documents[at], extractors[place].name), ...counts.map(String)]),
  );
}

function bad([, lost, invented]) {
  return lost + invented;
}

// The counts come in fives: the index of the document, kept, lost, invented, not judged.
function countsByDocument(place, aspects) {
  const sums = new Map();
  for (const aspect of aspects) {
    const flat = boilerbench.data.structure.counts[place][aspect];
    for (let start = 0; start < flat.length; start += 5) {
      const sum = sums.get(flat[start]) ?? [0, 0, 0, 0];
      sums.set(
        flat[start],
        sum.map((each, index) => each + flat[start + 1 + index]),
      );
    }
  }
  return sums;
}

// Of one extraction, below its scores.
function showStructure(place, at) {
  const { structure } = boilerbench.data;
  const rows = (structure?.aspects ?? [])
    .map((aspect, index) => [aspect, countsByDocument(place, [index]).get(at)])
    .filter(([, counts]) => counts);
  const figure = byId("document-structure").closest("figure");
  figure.hidden = !rows.length;
  const { name } = boilerbench.data.extractors[place];
  fill(
    byId("document-structure"),
    ["Aspect", ...COUNT_NAMES],
    rows.map(([aspect, counts]) => [
      link(aspect, address("structure", [name, aspect])),
      ...counts.map(String),
    ]),
  );
}

// Two extractors side by side.
function showPairStructure(first, second) {
  const { structure, extractors } = boilerbench.data;
  const figure = byId("pair-structure").closest("figure");
  figure.hidden = !structure;
  if (!structure) return;
  const figures = [first, second].map((place) => structure.f1[place]);
  const cell = (place, index) =>
    link(
      points(structure.f1[place][index]),
      address("structure", [extractors[place].name, structure.aspects[index]]),
    );
  fill(
    byId("pair-structure"),
    ["Aspect", "First", "Second", "Difference"],
    structure.aspects
      .map((aspect, index) => [aspect, index])
      .filter(([, index]) => figures.some((each) => each[index] !== null))
      .map(([aspect, index]) => [
        aspect,
        cell(first, index),
        cell(second, index),
        signedPoints(figures[0][index], figures[1][index]),
      ]),
  );
}

function signedPoints(one, other) {
  if (one === null || other === null) return "–";
  const difference = Math.abs(one - other).toFixed(1);
  if (difference === "0.0") return difference;
  return `${one > other ? "+" : "−"}${difference}`;
}

document.addEventListener("change", (event) => {
  if (!["structure-extractor", "structure-aspect"].includes(event.target.id)) return;
  go("structure", [byId("structure-extractor").value, byId("structure-aspect").value]);
});

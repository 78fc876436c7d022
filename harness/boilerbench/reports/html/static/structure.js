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
  byId("pair-structure-remark").hidden = Boolean(structure.differences);
  const figures = [first, second].map((place) => structure.f1[place]);
  const cell = (place, index) =>
    link(
      points(structure.f1[place][index]),
      address("structure", [extractors[place].name, structure.aspects[index]]),
    );
  const differences = aspectDifferences(first, second);
  fill(
    byId("pair-structure"),
    ["Aspect", "First", "Second", "Difference", ...(structure.differences ? ["95 % interval"] : [])],
    structure.aspects
      .map((aspect, index) => [aspect, index])
      .filter(([, index]) => figures.some((each) => each[index] !== null))
      .map(([aspect, index]) => {
        const { difference, low, high } = differences(index);
        const interval = low === null ? "too few" : `${signed(low, "")} to ${signed(high, "")}`;
        return [
          aspect,
          cell(first, index),
          cell(second, index),
          difference === null ? "–" : signed(difference, "+"),
          ...(structure.differences ? [difference === null ? "" : interval] : []),
        ];
      }),
  );
}

// The difference of two by aspect with its interval; of pairs that are stored the other way round, the opposite.
function aspectDifferences(first, second) {
  const { differences, f1 } = boilerbench.data.structure;
  const ahead = first < second;
  const stored = differences?.[ahead ? `${first},${second}` : `${second},${first}`] ?? [];
  const found = new Map(stored.map(([index, ...of]) => [index, of]));
  const opposite = (value) => (value === null ? null : -value);
  return (index) => {
    if (found.has(index)) {
      const [difference, low, high] = found.get(index);
      if (ahead) return { difference, low, high };
      return { difference: opposite(difference), low: opposite(high), high: opposite(low) };
    }
    const [one, other] = [f1[first][index], f1[second][index]];
    return { difference: one === null || other === null ? null : one - other, low: null, high: null };
  };
}

function signed(points, plus) {
  const size = Math.abs(points).toFixed(1);
  if (size === "0.0") return size;
  return `${points > 0 ? plus : "−"}${size}`;
}

document.addEventListener("change", (event) => {
  if (!["structure-extractor", "structure-aspect"].includes(event.target.id)) return;
  go("structure", [byId("structure-extractor").value, byId("structure-aspect").value]);
});

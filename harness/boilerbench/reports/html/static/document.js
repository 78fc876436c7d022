// One document: gold and output side by side, lost and leaked words marked, and the page itself.
"use strict";

const TAGS = { lost: "del", leaked: "ins", moved: "span", optional: "span", old: "del", new: "ins" };
const MEANINGS = {
  lost: "lost: in the gold, not in the output",
  leaked: "leaked: in the output, not in the gold",
  moved: "stands elsewhere in the other text",
  optional: "optional: neither asked for nor punished",
  "old-wanted": "only in the first, and gold wants it",
  "old-unwanted": "only in the first, and gold does not want it",
  "old-optional": "only in the first, optional",
  "old-unknown": "only in the first",
  "new-wanted": "only in the second, and gold wants it",
  "new-unwanted": "only in the second, and gold does not want it",
  "new-optional": "only in the second, optional",
  "new-unknown": "only in the second",
};
const FACTS = {
  url: "Address",
  page_type: "Page type",
  language: "Language",
  traps: "Traps",
  source: "Source",
  licence: "Licence",
};
let open = { place: null, content: null };

boilerbench.views.document = async (parts, filters) => {
  const { documents, extractors } = boilerbench.data;
  const place = documents.indexOf(parts[0]);
  byId("document-title").textContent = parts[0] ?? "";
  if (place < 0) throw new Error(`There is no document ${parts[0]} in this report.`);
  if (open.place !== place) {
    const content = await boilerbench.document(place);
    joinLines(content);
    open = { place, content, page: showPage(content) };
  }
  const chosen = boilerbench.place.get(parts[1]) ?? 0;
  const shown = { marks: filters.get("marks"), against: filters.get("against") };
  const against = boilerbench.place.get(shown.against);
  const marking = markingMeasures(open.content);
  const marker = [shown.marks, boilerbench.measure].find((name) => marking.includes(name)) ?? marking[0];
  showFacts(open.content);
  showNeighbours(parts[0], extractors[chosen].name, shown);
  showTabs(parts[0], chosen, shown);
  showOutcome(open.content, chosen);
  showStructure(chosen, place);
  if (against === undefined) showAgainstGold(open.content, chosen, marker);
  else showAgainstOutput(open.content, against, chosen, marker);
  showMarking(marking, marker);
  showMarkup(open.content.extractions[chosen].markup, extractors[chosen].label);
  showAgainst(shown.against);
  await open.page;
};

// The measures that the document's texts are marked by, in the order of the run's.
function markingMeasures(content) {
  const names = boilerbench.data.measures.map((measure) => measure.name);
  const order = (name) => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.keys(content.gold).sort((one, other) => order(one) - order(other));
}

// Texts come as the indexes of their lines among all lines of the document.
function joinLines(content) {
  for (const texts of [content.gold, ...content.extractions.map((each) => each.text)]) {
    for (const [measure, indexes] of Object.entries(texts)) {
      texts[measure] = indexes.map((index) => content.lines[index]).join("\n");
    }
  }
}

function showFacts(content) {
  const lines = Object.entries(FACTS)
    .map(([name, title]) => [title, Array.isArray(content[name]) ? content[name].join(", ") : content[name]])
    .filter(([, value]) => value);
  const title = content.title ? [["Title", content.title]] : [];
  byId("document-facts").replaceChildren(
    ...[...title, ...lines].map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", { dir: "auto" }, value)),
    ),
  );
}

function neighbours(id) {
  const ids = boilerbench.order?.includes(id) ? boilerbench.order : boilerbench.data.documents;
  const at = ids.indexOf(id);
  return [ids[at - 1], ids[at + 1]];
}

function showNeighbours(id, extractor, shown) {
  const [previous, next] = neighbours(id);
  for (const [name, target] of [
    ["previous", previous],
    ["next", next],
  ]) {
    byId(name).hidden = target === undefined;
    if (target !== undefined) byId(name).href = address("document", [target, extractor], shown);
  }
}

function showTabs(id, chosen, shown) {
  const { extractors, f1, status, statuses, documents } = boilerbench.data;
  const at = documents.indexOf(id);
  const tabs = extractors.map((each, place) => {
    const outcome = statuses[status[place][at]];
    const score = element("span", { class: "score" }, points(f1[boilerbench.measure][place][at]));
    const tab = element(
      "a",
      {
        role: "tab",
        id: `tab-${place}`,
        href: address("document", [id, each.name], shown),
        "aria-selected": String(place === chosen),
        "aria-controls": "extraction",
        tabindex: place === chosen ? 0 : -1,
      },
      each.label,
      " ",
      score,
    );
    if (outcome !== "ok") tab.append(" ", element("span", { class: `status ${outcome}` }, outcome));
    return tab;
  });
  const had = byId("extractor-choice").contains(document.activeElement);
  byId("extractor-choice").replaceChildren(...tabs);
  byId("extraction").setAttribute("aria-labelledby", `tab-${chosen}`);
  if (had) tabs[chosen].focus({ preventScroll: true });
}

function showOutcome(content, chosen) {
  const its = content.extractions[chosen];
  const { label } = boilerbench.data.extractors[chosen];
  const time = its.seconds === null ? "" : `${(1000 * its.seconds).toFixed(1)} ms`;
  const memory = its.peak_mb === null ? "" : `${its.peak_mb.toFixed(0)} MB`;
  byId("extraction-outcome").textContent = [
    its.error ? `${its.status}: ${its.error}` : its.status,
    time,
    memory,
  ]
    .filter(Boolean)
    .join(" · ");
  byId("extraction-outcome").className = its.status;
  byId("document-scores-title").textContent = `${label} on this document`;
  fill(
    byId("document-scores"),
    ["Measure", "F1", "Precision", "Recall", "tp", "fp", "fn"],
    boilerbench.data.measures
      .filter(({ name }) => its.scores[name])
      .map(({ name }) => {
        const [precision, recall, f1, ...counts] = its.scores[name];
        const reason = its.unscorable[name];
        const shown = reason ? `${name} (unscorable, scored as empty: ${reason})` : name;
        return [shown, ...[f1, precision, recall].map((each) => points(100 * each)), ...counts.map(String)];
      }),
  );
}

function showAgainstGold(content, chosen, marker) {
  const its = content.extractions[chosen];
  const [lost, leaked] = its.marks[marker];
  byId("gold-title").textContent =
    content.units[marker] === "segment" ? "Gold: segments that must be there" : "Gold";
  byId("output-title").textContent = boilerbench.data.extractors[chosen].label;
  byId("gold-text").replaceChildren(...paragraphs(content.gold[marker], lost));
  byId("output-text").replaceChildren(...paragraphs(its.text[marker], leaked));
  // What stands elsewhere stands in both texts, and is counted in one.
  const inGold = lost.filter((piece) => piece[1] !== "moved");
  showLegend([...inGold, ...leaked], content.labelled, content.units[marker]);
}

// The other output stands first, as the older one.
function showAgainstOutput(content, first, second, marker) {
  const outputs = [first, second].map((place) => content.extractions[place]);
  const texts = outputs.map((output) => output.text[marker]);
  const marks = outputs.map((output) => output.marks[marker][1]);
  const pieces = comparedOutputs(...texts, ...marks, content.units[marker]);
  for (const [box, at, place] of [
    ["gold", 0, first],
    ["output", 1, second],
  ]) {
    byId(`${box}-title`).textContent = boilerbench.data.extractors[place].label;
    byId(`${box}-text`).replaceChildren(...paragraphs(texts[at], pieces[at]));
  }
  showLegend(pieces.flat(), false, "word");
}

// Text in paragraphs, one for each line; a mark never crosses a line.
function paragraphs(text, pieces) {
  if (!text) return [element("p", { class: "nothing" }, "(empty)")];
  const made = [element("p", { dir: "auto" })];
  let done = 0;
  for (const piece of pieces) {
    const [length, mark, units, label] = Array.isArray(piece) ? piece : [piece];
    const part = text.slice(done, done + length);
    done += length;
    if (mark) {
      made.at(-1).append(
        element(
          tagOf(mark),
          {
            class: mark,
            "data-units": units,
            title: label || MEANINGS[mark],
            ...(label ? { "data-label": label } : {}),
          },
          part,
        ),
      );
      continue;
    }
    const lines = part.split("\n");
    made.at(-1).append(lines[0]);
    for (const line of lines.slice(1)) made.push(element("p", { dir: "auto" }, line));
  }
  return made;
}

function tagOf(mark) {
  return TAGS[mark.split("-")[0]];
}

function showLegend(pieces, labelled, unit) {
  const sums = new Map();
  for (const piece of pieces.filter(Array.isArray)) {
    const [, mark, units, label] = piece;
    const sum = sums.get(mark) ?? { units: 0, labels: new Map() };
    sum.units += units;
    if (mark === "leaked" && labelled) {
      sum.labels.set(label ?? "", (sum.labels.get(label ?? "") ?? 0) + units);
    }
    sums.set(mark, sum);
  }
  const lines = [];
  for (const [mark, meaning] of Object.entries(MEANINGS)) {
    const sum = sums.get(mark);
    if (!sum) continue;
    const line = element(
      "span",
      { class: "entry" },
      element(tagOf(mark), { class: mark }, counted(sum.units, unit)),
      ` ${meaning}`,
    );
    const labels = [...sum.labels]
      .sort(([, one], [, other]) => other - one)
      .map(([label, count]) =>
        element(
          "ins",
          { class: "leaked", ...(label ? { "data-label": label } : {}) },
          `${count.toLocaleString("en")}${label === "foreign" ? "" : " of"} ${label || "no block"}`,
        ),
      );
    for (const [index, label] of labels.entries()) line.append(index ? ", " : ": ", label);
    lines.push(line);
  }
  byId("legend").replaceChildren(...(lines.length ? lines : ["There is no difference."]));
}

function counted(number, unit) {
  return `${number.toLocaleString("en")} ${unit}${number === 1 ? "" : "s"}`;
}

function showAgainst(chosen) {
  const { extractors } = boilerbench.data;
  byId("against-choice").hidden = extractors.length < 2;
  options(byId("against"), [["", "the gold"], ...extractors.map((each) => [each.name, each.label])]);
  byId("against").value = boilerbench.place.has(chosen) ? chosen : "";
}

function showMarking(measures, chosen) {
  byId("marking-choice").hidden = measures.length < 2;
  options(
    byId("marking"),
    measures.map((name) => [name, name]),
  );
  byId("marking").value = chosen;
}

// The markup that the extractor returned, and what it looks like; sanitised as the page is.
function showMarkup(markup, label) {
  byId("markup").hidden = !markup.format;
  byId("markup-rendered").replaceChildren();
  if (!markup.format) return;
  byId("markup-title").textContent = `${label}: ${markup.format}`;
  byId("markup-source").textContent = markup.source;
  const frame = { title: "The output, rendered and sanitised", sandbox: "", referrerpolicy: "no-referrer" };
  byId("markup-rendered").append(element("iframe", { ...frame, srcdoc: framed(markup.rendered, "") }));
}

// What is sanitised already; a frame runs nothing and may load nothing besides.
function framed(clean, rules) {
  return (
    "<!DOCTYPE html><meta charset=utf-8>" +
    "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">" +
    "<style>body{font:15px/1.45 system-ui,sans-serif;margin:1em;color:#111;background:#fff;overflow-wrap:anywhere}" +
    "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .4em}[hidden]{display:none}" +
    `a{text-decoration:underline}dd,dt,li{margin-block:.4em}[data-label]::before{content:attr(data-label)" ";` +
    `font:10px system-ui,sans-serif;opacity:.75}${rules}</style>${clean}`
  );
}

function showPage(content) {
  const { roles } = boilerbench.data;
  const used = Object.keys(roles).filter((label) => content.page.includes(`data-label="${label}"`));
  const rules = used.map((label) => {
    const style = { body: "solid", optional: "dotted", boilerplate: "dashed" }[roles[label]];
    return `[data-label="${label}"]{outline:2px ${style} ${colour(`label-${label}`)}}`;
  });
  const shown = new Promise((resolve) => byId("page").addEventListener("load", resolve, { once: true }));
  byId("page").srcdoc = framed(content.page, rules.join(""));
  byId("page-legend").replaceChildren(
    ...used.map((label) =>
      element("span", { class: `entry outlined ${roles[label]}`, "data-label": label }, label),
    ),
  );
  return shown;
}

document.addEventListener("change", (event) => {
  const filter = { marking: "marks", against: "against" }[event.target.id];
  if (!filter) return;
  const { parts, filters } = parsedAddress();
  filters.delete("measure");
  go("document", parts, { ...Object.fromEntries(filters), [filter]: event.target.value });
});

document.addEventListener("keydown", (event) => {
  const { view, parts, filters } = parsedAddress();
  if (view !== "document" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, .scroll")) return;
  const { extractors } = boilerbench.data;
  const chosen = boilerbench.place.get(parts[1]) ?? 0;
  const shown = { marks: filters.get("marks"), against: filters.get("against") };
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = (chosen + step + extractors.length) % extractors.length;
    go("document", [parts[0], extractors[next].name], shown);
  }
  const neighbour = { p: 0, n: 1 }[event.key];
  const target = neighbour === undefined ? undefined : neighbours(parts[0])[neighbour];
  if (target !== undefined) go("document", [target, extractors[chosen].name], shown);
});

// The store, the addresses of the views, and what all views share. No markup is ever made from data.
"use strict";

const boilerbench = {
  data: null,
  measure: "",
  views: {},
  waiting: new Map(),
  modules: null,

  start(data) {
    boilerbench.data = data;
    boilerbench.place = new Map(data.extractors.map((each, place) => [each.name, place]));
    boilerbench.short = new Map(data.documents.map((each, at) => [each, data.short[at]]));
    setUpMeasures();
    setUpTheme();
    document.addEventListener("click", copyTable);
    window.addEventListener("hashchange", route);
    route();
  },

  // A document's file calls this with its content, gzipped; whoever waits for it gets the values.
  async receive(place, packed) {
    const bytes = Uint8Array.from(atob(packed), (each) => each.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    boilerbench.waiting.get(place)(await new Response(stream).json());
  },

  // A page opened from disk may load scripts and nothing else; so data comes as scripts.
  load(source) {
    return new Promise((resolve, reject) => {
      const script = element("script", { src: source });
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${source} cannot be loaded`));
      document.head.append(script);
    });
  },

  async document(place) {
    const content = new Promise((resolve) => boilerbench.waiting.set(place, resolve));
    await boilerbench.load(`documents/${place}.js`);
    return content;
  },

  // DataTables, which comes as the text of a module.
  tables: once(async () => {
    await boilerbench.load("assets/datatables.js");
    return (await boilerbench.modules).default;
  }),

  module(text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    boilerbench.modules = import(address);
  },

  plotly: once(() => boilerbench.load("assets/plotly.js").then(() => window.Plotly)),
};

function once(make) {
  let made = null;
  return () => (made ??= make());
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

// Points with one decimal, as everywhere.
function points(value) {
  return value === null || value === undefined ? "–" : value.toFixed(1);
}

// An address: a view, the parts after it, and what it is filtered by.
function address(view, parts = [], filters = {}) {
  const path = [view, ...parts.filter((each) => each)].map(encodeURIComponent).join("/");
  const chosen = Object.entries(filters).filter(([, value]) => value !== "" && value != null);
  const measure = boilerbench.data.measures.length > 1 ? [["measure", boilerbench.measure]] : [];
  const query = new URLSearchParams([...chosen, ...measure]).toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

function parsedAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  let parts;
  try {
    parts = path.split("/").map(decodeURIComponent);
  } catch {
    parts = [""];
  }
  return { view: parts[0], parts: parts.slice(1), filters: new URLSearchParams(query ?? "") };
}

function go(view, parts, filters) {
  const target = address(view, parts, filters);
  if (target !== location.hash) location.hash = target;
}

let shown = "";

async function route() {
  if (location.hash === "#main") return;
  const { view, parts, filters } = parsedAddress();
  const name = byId(view)?.classList.contains("view") ? view : "overview";
  const asked = filters.get("measure");
  if (boilerbench.data.measures.some((each) => each.name === asked)) chooseMeasure(asked);
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== name;
  for (const link of document.querySelectorAll("nav a")) {
    const its = link.getAttribute("href") === `#/${name}`;
    if (its) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (shown && shown !== name) {
    window.scrollTo(0, 0);
    byId("main").focus({ preventScroll: true });
  }
  shown = name;
  const heading = byId(name).querySelector("h1");
  byId("loading").textContent = "Loading …";
  byId("loading").hidden = false;
  try {
    await boilerbench.views[name](parts, filters);
  } catch (error) {
    byId("loading").textContent = error.message;
    return;
  }
  byId("loading").hidden = true;
  document.title = `${heading.textContent} · boilerbench`;
  document.body.dataset.shown = location.hash;
}

function setUpMeasures() {
  const { measures } = boilerbench.data;
  chooseMeasure(measures[0].name);
  byId("measure-choice").hidden = measures.length < 2;
  byId("measure").addEventListener("change", () => {
    chooseMeasure(byId("measure").value);
    const { view, parts, filters } = parsedAddress();
    filters.delete("measure");
    go(view || "overview", parts, Object.fromEntries(filters));
  });
}

function chooseMeasure(name) {
  boilerbench.measure = name;
  byId("measure").value = name;
  for (const each of document.querySelectorAll("[data-measure]")) each.hidden = each.dataset.measure !== name;
}

function setUpTheme() {
  const choice = byId("theme");
  const apply = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    document.documentElement.classList.toggle("dark", isDark());
  };
  choice.value = remembered("theme");
  apply(choice.value);
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem("boilerbench-theme", choice.value);
    } catch {
      // A browser that keeps nothing shows the colours all the same.
    }
    apply(choice.value);
    route();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    apply(choice.value);
    route();
  });
}

function remembered(name) {
  try {
    return localStorage.getItem(`boilerbench-${name}`) ?? "";
  } catch {
    return "";
  }
}

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Every row of the table beside the button, not only those on its page.
async function copyTable(event) {
  const button = event.target.closest?.("button.copy");
  if (!button) return;
  const table = button.closest("figure").querySelector("table");
  const text = csv(table.rowsAsTexts ? table.rowsAsTexts() : textsOf(table));
  const done = await toClipboard(text);
  button.textContent = done ? "Copied" : "Not copied: the browser refuses";
  setTimeout(() => (button.textContent = "Copy as CSV"), 2000);
}

function textsOf(table) {
  const text = (cell) =>
    cell.querySelector("[data-text]")?.dataset.text ??
    [...cell.childNodes]
      .filter((each) => each.className !== "equal")
      .map((each) => each.textContent)
      .join("")
      .trim();
  const figures = (row) => [...row.cells].map(text);
  return [...table.querySelectorAll("thead tr, tbody tr")].map(figures);
}

function csv(rows) {
  const field = (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map((value) => field(String(value))).join(",")}\n`).join("");
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http there is no clipboard but the old way.
    const field = element("textarea", { class: "off-screen" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

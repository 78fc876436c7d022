// The program inside a worker process of a Node tool: one adapter, pages in, texts out, in JSON Lines.
//
// Run as `node worker.mjs ADAPTER_FILE SETUP_AS_JSON`. It imports nothing but what Node brings and what lies
// beside it. The protocol is described in docs/plugins.md; worker.py beside this is the worker of Python tools.

import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import net from "node:net";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";

import { watchInputs } from "./worker_inputs.mjs";

// What the import of a package may choose among its `exports`, as Node itself does.
const CONDITIONS = ["node", "import", "module-sync", "default"];

const TRACEBACK_CHARACTERS = 20000;

class OptionError extends Error {}

// Where something fails that nobody awaits: the call that is under way takes the blame.
let blame = null;

async function main([adapterFile, setupText]) {
  const setup = JSON.parse(setupText);
  const environment = setup.folder;
  const { requests, send } = ownTheProtocol();
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error) => (blame ?? console.error)(error));
  }
  if (!setup.network) refuseNetwork();
  const watch = watchInputs(setup.trusted);
  let adapter, call, version;
  try {
    adapter = await import(pathToFileURL(path.resolve(adapterFile)));
    const tool = (name) => importFrom(environment, name);
    version = manifest(environment, adapter.PACKAGE).version;
    checkOptions(setup.options, adapter.OPTIONS ?? {});
    call = await guarded(() => adapter.load(setup.options, tool));
  } catch (error) {
    const said = error instanceof OptionError ? error.message : oneLine(error);
    send({ ready: false, error: said, traceback: String(error?.stack ?? "") });
    return;
  }
  // What the tool is to return; without a choice, text.
  const mode = setup.options.as ?? adapter.OPTIONS?.as?.[0] ?? "text";
  const memory = memoryGauge();
  send({ ready: true, version, ...watch.take() });
  for await (const line of lines(requests)) {
    const request = JSON.parse(line);
    const takesBytes = adapter.TAKES === "bytes";
    const content = watch.unseen(() => fs.readFileSync(takesBytes ? request.page_bytes : request.page_text));
    const page = takesBytes ? content : content.toString("utf8");
    const reply = await answer(call, page, request.url, memory);
    if (mode !== "text" && "text" in reply) {
      Object.assign(reply, { markup: reply.text, format: mode });
      delete reply.text;
    }
    send({ id: request.id, ...reply, ...watch.take() });
  }
}

// Call the tool; time and memory are those of this call alone.
async function answer(call, page, url, memory) {
  let seconds, peak;
  const timed = async () => {
    memory.forget();
    const started = performance.now();
    try {
      return await call(page, url);
    } finally {
      seconds = (performance.now() - started) / 1000;
      peak = memory.peakMb();
    }
  };
  const started = performance.now();
  let outcome;
  try {
    const text = (await guarded(timed)) ?? null;
    const isText = text === null || typeof text === "string";
    outcome = isText ? { text } : { error: `returned ${typeOf(text)}, not text` };
  } catch (error) {
    outcome = { error: oneLine(error), traceback: String(error?.stack ?? "").slice(-TRACEBACK_CHARACTERS) };
    if (/allocation failed|out of memory/i.test(outcome.error)) outcome.status = "memory";
  }
  // A call whose promise never settles has ended here all the same, by a failure beside it.
  seconds ??= (performance.now() - started) / 1000;
  return { ...outcome, seconds, peak_mb: peak ?? memory.peakMb() };
}

// Options are those that an adapter exports by name with all their values.
function checkOptions(options, known) {
  for (const [name, value] of Object.entries(options)) {
    const names = Object.keys(known);
    if (!names.includes(name)) {
      const there = names.length ? `there is ${names.join(", ")}` : "there are none";
      throw new OptionError(`there is no option ${name}; ${there}`);
    }
    if (!known[name].includes(value)) {
      throw new OptionError(`option ${name} takes ${known[name].join(", ")}, not ${value}`);
    }
  }
}

// What `work` comes to, or the first failure that was left to nobody meanwhile.
async function guarded(work) {
  const failure = new Promise((_, reject) => {
    blame = reject;
  });
  // Rejections that nobody handles are told only after the microtasks, so stay one turn of the loop longer.
  const done = (async () => {
    const result = await work();
    await new Promise(setImmediate);
    return result;
  })();
  try {
    return await Promise.race([done, failure]);
  } finally {
    blame = null;
  }
}

// Keep the protocol's pipes for ourselves; what a tool reads or prints goes elsewhere.
function ownTheProtocol() {
  const replies = ownDescriptor();
  const requests = process.stdin;
  Object.defineProperty(process, "stdin", { value: Readable.from([]) });
  Object.defineProperty(process, "stdout", { value: process.stderr });
  const send = (message) => writeAll(replies, Buffer.from(`${JSON.stringify(message)}\n`));
  return { requests, send };
}

// Child processes and native code print on descriptor 1 itself. Node has no dup2, but on Linux a descriptor
// can be opened anew by its name, and what is opened next gets the lowest number that is free.
function ownDescriptor() {
  try {
    const own = fs.openSync("/proc/self/fd/1", "a");
    // Only if this can be opened may the first be closed.
    fs.closeSync(fs.openSync("/proc/self/fd/2", "a"));
    fs.closeSync(1);
    fs.openSync("/proc/self/fd/2", "a");
    return own;
  } catch {
    return 1;
  }
}

function writeAll(descriptor, bytes) {
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += fs.writeSync(descriptor, bytes, sent);
    } catch (error) {
      // A full pipe that was made non-blocking: wait a little.
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

async function* lines(stream) {
  stream.setEncoding("utf8");
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop();
    yield* parts;
  }
}

// Where no namespace cuts the network, this stops what asks Node for it.
function refuseNetwork() {
  const refuse = () => {
    throw new Error("a worker has no network");
  };
  net.Socket.prototype.connect = refuse;
  dgram.Socket.prototype.connect = refuse;
  dgram.Socket.prototype.send = refuse;
  for (const holder of [dns, dns.promises]) {
    for (const name of Object.keys(holder)) if (/^(lookup|resolve|reverse)/.test(name)) holder[name] = refuse;
  }
  syncBuiltinESMExports();
}

// Import a package, or `package/part`, as a module in the environment's folder would, and from nowhere else.
async function importFrom(environment, name) {
  const [packageName, part] = name.match(/^((?:@[^/]+\/)?[^/]+)(.*)$/).slice(1);
  const { exports } = manifest(environment, packageName);
  const folder = path.resolve(environment, "node_modules", packageName);
  // require.resolve alone would not find what is exported for import only.
  const file = exports === undefined
    ? createRequire(path.resolve(environment, "package.json")).resolve(name)
    : exported(exports, `.${part}`);
  if (file === undefined) throw new Error(`${packageName} does not export .${part}`);
  return import(pathToFileURL(path.resolve(folder, file)));
}

// The file that a package's `exports` name for a part of it; patterns in them are not read.
function exported(exports, part) {
  const byPart = typeof exports === "object" && Object.keys(exports).some((key) => key.startsWith("."));
  let target = byPart ? exports[part] : part === "." ? exports : undefined;
  while (target !== null && typeof target === "object") {
    const found = Object.entries(target).find(([condition]) => CONDITIONS.includes(condition));
    target = found?.[1];
  }
  return target ?? undefined;
}

function manifest(environment, packageName) {
  const file = path.resolve(environment, "node_modules", packageName, "package.json");
  if (!fs.existsSync(file)) throw new Error(`there is no package ${packageName} in ${environment}`);
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

function oneLine(error) {
  if (!(error instanceof Error)) {
    const said = folded(typeof error === "object" ? error?.message ?? JSON.stringify(error) : String(error));
    return said || "unknown error";
  }
  const said = folded(error.message);
  return said ? `${error.name}: ${said}` : error.name;
}

function folded(text) {
  return String(text).split(/\s+/).filter(Boolean).join(" ").slice(0, 500);
}

function typeOf(value) {
  return typeof value === "object" ? value.constructor?.name ?? "object" : typeof value;
}

// The highest resident size of this process since it was last forgotten (Linux, man 5 proc, clear_refs);
// elsewhere the resident size after a call.
function memoryGauge() {
  const status = Buffer.alloc(4096);
  try {
    // Kept open: this is asked for every page.
    const forget = fs.openSync("/proc/self/clear_refs", "w");
    const told = fs.openSync("/proc/self/status", "r");
    return {
      forget: () => fs.writeSync(forget, "5", 0),
      peakMb: () => {
        const length = fs.readSync(told, status, 0, status.length, 0);
        return Number(/VmHWM:\s*(\d+)/.exec(status.toString("latin1", 0, length))[1]) / 1024;
      },
    };
  } catch {
    return { forget: () => {}, peakMb: () => process.memoryUsage.rss() / (1 << 20) };
  }
}

// A tool may have left timers or open handles, which must not keep the process when the pages have ended.
main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(oneLine(error));
    process.exit(1);
  },
);

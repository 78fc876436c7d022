// What a tool reads beside its page, as seen from inside its Node worker.
//
// Wrappers of node:fs see what is opened, listed and looked for, whether it is there or not; others see programs
// that are started and native code that is loaded. worker_inputs.py beside this does the same for Python.

import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const FILES = [
  ...["open", "openSync", "readFile", "readFileSync", "createReadStream", "stat", "statSync", "lstat", "lstatSync"],
  ...["access", "accessSync", "exists", "existsSync", "realpath", "realpathSync"],
];
const FOLDERS = ["readdir", "readdirSync", "opendir", "opendirSync"];
const PROGRAMS = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];
const KERNEL = ["/proc/", "/sys/", "/dev/"];

// Watch from now on; what lies in `trusted` folders is known to be what it is and is not told.
export function watchInputs(trusted) {
  const known = [...trusted.map((folder) => path.join(folder, "/")), `${process.env.HOME}/`, ...KERNEL];
  const told = new Set();
  let untold = { files: [], folders: [] };
  let unknown = "";
  let paused = false;

  const note = (kind, given) => {
    if (paused || typeof given === "number" || given == null) return;
    let file;
    try {
      file = path.resolve(given instanceof URL ? fileURLToPath(given) : String(given));
    } catch {
      return;
    }
    if (known.some((start) => `${file}/`.startsWith(start)) || told.has(kind + file)) return;
    told.add(kind + file);
    untold[kind].push(file);
  };
  const wrap = (holder, names, before) => {
    for (const name of names) {
      const original = holder[name];
      if (typeof original !== "function") continue;
      const watched = function (...args) {
        before(args[0]);
        return original.apply(this, args);
      };
      // Some have functions of their own, as realpath.native.
      holder[name] = Object.assign(watched, original);
    }
  };

  wrap(fs, FILES, (file) => note("files", file));
  wrap(fs.promises, FILES, (file) => note("files", file));
  wrap(fs, FOLDERS, (folder) => note("folders", folder));
  wrap(fs.promises, FOLDERS, (folder) => note("folders", folder));
  wrap(childProcess, PROGRAMS, (program) => {
    unknown ||= `it starts ${program}`;
  });
  const load = process.dlopen;
  process.dlopen = function (module, file, ...others) {
    if (!known.some((start) => String(file).startsWith(start))) {
      unknown ||= `native code outside an environment: ${file}`;
    }
    return load.call(this, module, file, ...others);
  };
  syncBuiltinESMExports();

  return {
    // Read something for the worker itself.
    unseen(read) {
      paused = true;
      try {
        return read();
      } finally {
        paused = false;
      }
    },
    // What is new since the last time, as a part of a reply.
    take() {
      const news = { ...untold, ...(unknown && { unknown }) };
      const any = unknown || untold.files.length || untold.folders.length;
      untold = { files: [], folders: [] };
      return any ? { inputs: news } : {};
    },
  };
}

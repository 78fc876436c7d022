// An extractor as a program that speaks boilerbench's worker protocol, in Node.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");

say({ ready: true, version: "0.1" });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const page = readFileSync(request.page_text, "utf8");
  const paragraphs = [...page.matchAll(/<p\b[^>]*>(.*?)<\/p>/gis)];
  const text = paragraphs.map((match) => match[1].replace(/<[^>]*>/g, "")).join("\n");
  say({ id: request.id, text });
}

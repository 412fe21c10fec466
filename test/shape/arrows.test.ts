import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/*
 * Dependencies point one way: worker → app → routes → http → jobs → scoring ← judges, queue → jobs, jobs → storage and reports,
 * ui → contract and what is pure. A room may import the rooms named here, itself, and the files directly in `src`
 * that hold words only (contract, errors, metric names, version); `scoring` has a stricter test of its own.
 */

const ROOMS: Readonly<Record<string, readonly string[]>> = {
  storage: ["intake", "scoring", "traces"],
  scoring: [],
  net: [],
  channels: [],
  // What an app is asked and how its answer is read: nothing goes out from here.
  targets: ["intake"],
  intake: ["net", "scoring"],
  reports: ["scoring"],
  judges: ["jobs", "net", "reports", "scoring", "settings.ts"],
  access: ["jobs", "net", "scoring", "settings.ts", "storage"],
  jobs: [
    "access",
    "channels",
    "intake",
    "net",
    "reports",
    "scoring",
    "settings.ts",
    "storage",
    "targets",
    "traces",
  ],
  // What a trace says, without a row or a request.
  traces: ["intake", "net"],
  queue: ["jobs", "storage"],
  http: ["access", "config.ts", "intake", "jobs", "scoring", "settings.ts", "storage"],
  routes: [
    "access",
    "channels",
    "config.ts",
    "http",
    "intake",
    "jobs",
    "net",
    "openapi",
    "reports",
    "scoring",
    "settings.ts",
    "storage",
    "traces",
  ],
  openapi: ["http", "routes"],
  ui: ["channels", "http", "intake", "reports", "routes", "scoring"],
};
/** What the parts of a room may import of each other: the lower ones know nothing of the upper. */
const INNER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "src/judges/chat/": {
    endpoint: [],
    questions: [],
    "settings.ts": ["endpoint"],
    plans: ["endpoint", "questions", "settings.ts"],
  },
  "src/reports/": {
    "report-input.ts": [],
    "metric-info.ts": [],
    advice: ["report-input.ts", "metric-info.ts"],
    report: ["report-input.ts", "metric-info.ts", "advice"],
    text: ["report-input.ts", "metric-info.ts", "advice", "report"],
  },
};
const WORDS =
  /^(contract|words|(base64|criterion-metric|demo-rows|error-for-log|errors|sha256|version)\.ts)$/;

const sources = globSync(["src/**/*.ts", "ui/**/*.{ts,tsx}"], { exclude: ["ui/vite.config.ts"] });
const read = (path: string) => readFileSync(path, "utf8");

/** The room a file stands in, or its name when it stands directly in `src`. */
function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second : top;
}

/** A file taken in as text (`?raw`) is data, not a room. */
function importsOf(path: string): string[] {
  const found = read(path).matchAll(/(?:from|import\() ?"(\.[^"?]+)"/g);
  return [...found].map(([, to = ""]) => join(dirname(path), to));
}

describe("arrows between rooms", () => {
  it.each(Object.entries(ROOMS))("%s", (room, allowed) => {
    const wrong = sources
      .filter((path) => roomOf(path) === room)
      .flatMap((path) => importsOf(path).map((to) => ({ path, to, target: roomOf(to) })))
      .filter(({ target }) => target !== room && !allowed.includes(target) && !WORDS.test(target))
      .map(({ path, to }) => `${path} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(INNER))("inside %s", (room, parts) => {
    const partOf = (path: string) => path.slice(room.length).split("/")[0] ?? "";
    const wrong = sources
      .filter((path) => path.startsWith(room) && Object.hasOwn(parts, partOf(path)))
      .flatMap((path) => importsOf(path).map((to) => ({ from: partOf(path), path, to })))
      .filter(({ to }) => to.startsWith(room))
      .filter(({ from, to }) => partOf(to) !== from && !parts[from]?.includes(partOf(to)))
      .map(({ path, to }) => `${path} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it("judges reach back for types only", () => {
    const back = sources.flatMap((path) =>
      importsOf(path)
        .filter((to) => `${roomOf(path)} ${roomOf(to)}` === "judges jobs")
        .map((to) => `${path} → ${to}`),
    );
    expect(back.length).toBeLessThanOrEqual(1);
  });
});

describe("one place for each", () => {
  const holders = (text: RegExp) => sources.filter((path) => text.test(read(path)));

  it("SQL stands in storage", () => {
    expect(holders(/\.prepare\(/).filter((path) => roomOf(path) !== "storage")).toEqual([]);
  });

  it("the openai package is seen by its judge alone", () => {
    const outside = holders(/from "openai/).filter((path) => !path.startsWith("src/judges/chat/"));
    expect(outside).toEqual([]);
  });

  it("the dashboard takes of routes their types alone, so that no page carries a handler", () => {
    const taken = holders(/^import (?!type )[^;]*"[^"]*\/src\/(?:http|routes)\//m);
    expect(taken.filter((path) => roomOf(path) === "ui")).toEqual([]);
  });

  it("the dashboard asks the server in api.ts", () => {
    // The guide is a site of its own, which reads a file.
    const asking = holders(/(?<![\w.])fetch\(/).filter(
      (path) => roomOf(path) === "ui" && !path.startsWith("ui/guide/"),
    );
    expect(asking).toEqual(["ui/kit/api.ts"]);
  });

  it("no drawer for everything, no barrel", () => {
    const names = [...sources, ...globSync("{bench,test}/**/*.ts")];
    const drawer = /(^|\/)(utils?|helpers?|common|misc|index)(\.tsx?$|\/)/;
    expect(names.filter((path) => drawer.test(join(dirname(path), basename(path))))).toEqual([]);
  });
});

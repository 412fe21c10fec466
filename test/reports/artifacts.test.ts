import { createHash } from "node:crypto";
import { marked } from "marked";
import { expect, test } from "vitest";
import { Run } from "../../src/contract/run.ts";
import { ARTIFACT_NAMES } from "../../src/contract/service.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { renderArtifacts } from "../../src/reports/text/artifacts.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene, type Scene } from "./scenes.ts";
import { inputOf, METRICS, scoreEvidence } from "./scored-samples.ts";

function render(scenes: readonly Scene[], language: "zh" | "en", change = (e: Evidence) => e) {
  const samples = scenes.map((scene, place) =>
    scoreEvidence(change({ ...perfectEvidence(scene), id: `s${place}` })),
  );
  const input = inputOf(samples, language);
  const report = buildReport(input);
  return { input, report, files: renderArtifacts(input, report) };
}

const faulty = (language: "zh" | "en") =>
  FAULTS.map((fault, place) => fault.plant(cleanScene(language, place % 5, 3), place % 5));
const clean = (language: "zh" | "en") =>
  [0, 1, 2, 3, 4].map((index) => cleanScene(language, index));

const headings = (markdown: string, level: number) =>
  markdown.split("\n").flatMap((line) => line.match(`^#{${level}} (.*)$`)?.[1] ?? []);

test("there is one file per artifact, and the metadata knows its hash", () => {
  const { files, report } = render(faulty("en"), "en");
  expect(Object.keys(files).sort()).toEqual([...ARTIFACT_NAMES].sort());
  const metadata = JSON.parse(files["metadata.json"]);
  expect(Run.parse(metadata.run)).toEqual(report.run);
  expect(metadata.versions).toEqual({ app: "0.1.0", prompts: "3" });
  expect(metadata.usage.judge_calls).toBe(12);
  for (const name of ARTIFACT_NAMES.filter((artifact) => artifact !== "metadata.json")) {
    const hash = createHash("sha256").update(files[name]).digest("hex");
    expect(metadata.hashes[name]).toBe(`sha256:${hash}`);
  }
});

test("evidence.jsonl holds one evidence a line, exactly as judged", () => {
  const { files, input } = render(faulty("zh"), "zh");
  const lines = files["evidence.jsonl"].trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    input.samples.map(({ evidence }) => JSON.parse(JSON.stringify(evidence))),
  );
});

test.each([
  ["zh", "优先优化次序"],
  ["en", "What to do first"],
] as const)("the advice has a section a cause and ends with the order (%s)", (language, last) => {
  const { files, report } = render(faulty(language), language);
  const markdown = files["optimization_advice.md"];
  const sections = headings(markdown, 2);
  for (const [index, advice] of report.advice.entries()) {
    expect(sections[index]).toMatch(new RegExp(`^${advice.id} · .+ · ${advice.title}$`));
    expect(advice.actions.length).toBeGreaterThanOrEqual(4);
    for (const action of advice.actions) expect(markdown).toContain(action);
    for (const id of advice.sample_ids) expect(markdown).toContain(`- **${id}**`);
  }
  expect(sections.at(-1)).toBe(last);
  const order = markdown.slice(markdown.indexOf(`## ${last}`));
  const places = report.advice.map(({ id, title }) => order.indexOf(`**${id} ${title}`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
});

test.each(["zh", "en"] as const)(
  "the proof quotes the statement and its passage (%s)",
  (language) => {
    const scene = FAULTS.find(({ cause }) => cause === "contradicts_context")?.plant(
      cleanScene(language, 0),
      0,
    );
    if (!scene) throw new Error("no scene");
    const markdown = render([scene], language).files["optimization_advice.md"];
    expect(markdown).toContain(scene.answer[0]?.text);
    expect(markdown).toContain(scene.passages[0]?.[0]?.text);
  },
);

test.each(["zh", "en"] as const)(
  "when nothing is wrong it says so, and how sure that is (%s)",
  (language) => {
    const { files } = render(clean(language), language);
    const markdown = files["optimization_advice.md"];
    expect(markdown).toContain(
      language === "zh" ? "没有发现需要修复的问题" : "Nothing to fix was found",
    );
    // 1 − 0.05^(1/5): five clean samples cannot rule out a fault in 46 % of all answers.
    expect(markdown).toContain(language === "zh" ? "46%" : "46 %");
    expect(headings(markdown, 2).at(-1)).toBe(
      language === "zh" ? "优先优化次序" : "What to do first",
    );
  },
);

test("what retrieval lacks becomes a list for those who look after the documents", () => {
  const dropped = FAULTS.filter(({ cause }) => cause === "missing_in_retrieval");
  const scenes = Array.from({ length: 12 }, (_, place) =>
    dropped[place % 2]?.plant(cleanScene("en", place % 5, 2), place % 5),
  ).flatMap((scene) => scene ?? []);
  const markdown = render(scenes, "en").files["optimization_advice.md"];
  const list = markdown.slice(markdown.indexOf("### Knowledge gap list"));
  for (const scene of scenes.slice(0, 10)) {
    for (const { text } of scene.reference)
      expect(list).toContain(`| ${scene.question} | ${text} |`);
  }
  expect(list).toContain("4 more gaps follow");
});

test("the offline judge's limits stand beside its numbers", () => {
  const offline = (evidence: Evidence): Evidence => ({ ...evidence, method: "offline" });
  for (const language of ["zh", "en"] as const) {
    const { files } = render(clean(language), language, offline);
    const limits = language === "zh" ? "离线评判只比较" : "The offline judge compares";
    expect(files["summary.md"]).toContain(limits);
    expect(files["optimization_advice.md"]).toContain(limits);
  }
});

test("a missing ground truth is named as a blind spot, in words", () => {
  const without = (evidence: Evidence): Evidence => ({
    ...evidence,
    reference: null,
    claims: evidence.claims.filter(({ of }) => of === "answer"),
  });
  const { files } = render(clean("en"), "en", without);
  expect(files["summary.md"]).toContain("no reference answer was sent (5)");
  expect(files["optimization_advice.md"]).toContain("has no value for 5 of 5 samples");
  expect(files["optimization_advice.md"]).toContain("Send `ground_truth` along");
  const complete = render(clean("en"), "en").files["optimization_advice.md"];
  expect(complete).not.toContain("Send `ground_truth` along");
});

test.each(["zh", "en"] as const)(
  "the summary names every metric with mean and interval (%s)",
  (language) => {
    const { files, report } = render(faulty(language), language);
    const summary = files["summary.md"];
    for (const [name, { mean, interval, n }] of Object.entries(report.metrics)) {
      expect(mean, name).not.toBeNull();
      const cells = `| ${mean?.toFixed(2)} | ${interval?.map((v) => v.toFixed(2)).join("–")} | ${n} |`;
      expect(summary).toContain(cells);
    }
    expect(summary).toContain("2026-11-23T08:00:00.000Z");
    expect(summary).not.toMatch(/NaN|undefined|null|Infinity/);
  },
);

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "# Heading\n\n[link](https://evil.example) ![i](https://evil.example/i.png)",
  "| a | b |\n| - | - |",
  "https://evil.example www.evil.example root@evil.example",
  "</title></style><script>alert(1)</script>",
];

test.each(HOSTILE)("no text of a sample reaches the documents as markup: %j", (text) => {
  const hostile = (evidence: Evidence): Evidence => ({
    ...evidence,
    id: text,
    question: text,
    answer: { text, sentences: [{ id: "s1", start: 0, end: text.length }] },
    passages: (evidence.passages ?? []).map((passage) => ({
      ...passage,
      text,
      sentences: [{ id: "1.1", start: 0, end: text.length }],
    })),
    claims: evidence.claims.map((claim) => ({
      ...claim,
      text,
      evidence: claim.evidence.map((span) => ({ ...span, start: 0, end: text.length })),
    })),
    judge: text,
  });
  const { input, report } = render(faulty("en"), "en", hostile);
  const named = { ...input, run: { ...input.run, name: text, judge: text, tags: { t: text } } };
  const files = renderArtifacts(named, buildReport(named));
  expect(report.advice.length).toBeGreaterThan(0);
  for (const name of ["summary.md", "optimization_advice.md"] as const) {
    const html = marked.parse(files[name], { async: false });
    expect(html).not.toMatch(/<(a|img|script|iframe|svg|style|title)[\s>]/i);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<h[1-6]>Heading/);
  }
  expect(METRICS.length).toBe(report.run.metrics.length);
});

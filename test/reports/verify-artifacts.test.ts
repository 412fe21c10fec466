import { describe, expect, test } from "vitest";
import type { ArtifactName } from "../../src/contract/service.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import type { ReportSample } from "../../src/reports/report-input.ts";
import { renderArtifacts } from "../../src/reports/text/artifacts.ts";
import { readScoresCsv } from "../../src/reports/text/scores-csv.ts";
import { sha256Hex } from "../../src/reports/text/sha256.ts";
import { verifyArtifacts } from "../../src/reports/text/verify-artifacts.ts";
import { DEFAULT_METRICS } from "../../src/scoring/metrics/registry.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

const FAILED: ReportSample = {
  sample_id: "=failed",
  tags: {},
  error: { code: "judge_unavailable", message: "no: answer" },
  outcomes: {},
  scores: {},
  weighted_score: null,
  evidence: null,
  texts: {
    question: "=1+1",
    answer: "'+x\n“y”, z",
    contexts: ["甲", "b\r\nc"],
    ground_truth: null,
  },
};

function makeRun(language: "zh" | "en") {
  const samples = FAULTS.map((fault, index) => {
    const scene = fault.plant(cleanScene(language, index), index);
    return scoreEvidence(perfectEvidence({ ...scene, id: `${index}` }), DEFAULT_METRICS);
  });
  // Once in the middle, so that rows and lines of evidence do not stand side by side.
  const input = inputOf(
    [...samples.slice(0, 2), FAILED, ...samples.slice(2)],
    language,
    DEFAULT_METRICS,
  );
  const report = buildReport(input);
  return { files: renderArtifacts(input, report), report };
}

const change = (
  files: Record<ArtifactName, string>,
  name: ArtifactName,
  edit: (text: string) => string,
) => ({ ...files, [name]: edit(files[name]) });

describe.each(["zh", "en"] as const)("a run (%s)", (language) => {
  const { files, report } = makeRun(language);

  test("untouched: everything follows from the evidence", () => {
    expect(verifyArtifacts(files, report)).toEqual({
      findings: [],
      recomputed: FAULTS.length,
      appVersion: "0.1.0",
    });
  });

  test("a changed byte in any file is found, wherever it stands", () => {
    for (const name of Object.keys(files) as ArtifactName[]) {
      const { length } = files[name];
      for (const at of [0.02, 0.31, 0.5, 0.77, 0.99].map((part) => Math.floor(part * length))) {
        const mark = files[name].charAt(at) === "x" ? "y" : "x";
        const edit = (text: string) => text.slice(0, at) + mark + text.slice(at + 1);
        const { findings } = verifyArtifacts(change(files, name, edit), report);
        expect(findings.length, `${name} at ${at}`).toBeGreaterThan(0);
      }
    }
  });

  test("a verdict turned around is found even when every hash was made anew", () => {
    const forged = change(files, "evidence.jsonl", (text) =>
      text.replace('"verdict":"unsupported"', '"verdict":"supported"'),
    );
    expect(forged["evidence.jsonl"]).not.toBe(files["evidence.jsonl"]);
    const hashed = change(forged, "metadata.json", (text) =>
      text.replace(sha256Hex(files["evidence.jsonl"]), sha256Hex(forged["evidence.jsonl"])),
    );
    const { findings } = verifyArtifacts(hashed, report);
    expect(findings.some((finding) => finding.startsWith("scores.csv: line"))).toBe(true);
    expect(findings.some((finding) => finding.includes("from evidence.jsonl"))).toBe(true);
    expect(findings.some((finding) => finding.includes("SHA-256"))).toBe(false);
  });

  test("a whole forged set differs from the database", () => {
    const edited = { ...report, run: { ...report.run, finished_at: "2026-01-01T00:00:00.000Z" } };
    expect(verifyArtifacts(files, edited).findings).toEqual([
      "metadata.json: it does not follow from the report in the database",
    ]);
  });

  test("the table is read back as it was written", () => {
    const rows = readScoresCsv(files["scores.csv"]);
    expect(rows).toHaveLength(FAULTS.length + 1);
    expect(rows?.[2]).toMatchObject({
      sampleId: "=failed",
      texts: FAILED.texts,
      error: FAILED.error,
    });
  });
});

test("what is no run at all is no crash", () => {
  const { files } = makeRun("en");
  for (const text of ["", "{", "[]", "null", "sample_id"]) {
    for (const name of ["metadata.json", "scores.csv", "evidence.jsonl"] as const) {
      expect(
        verifyArtifacts(
          change(files, name, () => text),
          null,
        ).findings.length,
      ).toBeGreaterThan(0);
    }
  }
});

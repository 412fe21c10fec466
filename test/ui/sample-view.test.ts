import { describe, expect, it } from "vitest";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { filterOf } from "../../ui/features/report/first-view.ts";
import {
  countListed,
  firstViewOf,
  readView,
  turnAt,
  writeView,
} from "../../ui/features/report/sample-view.ts";
import { FAULTS } from "../reports/faults.ts";
import { perfectEvidence } from "../reports/perfect-evidence.ts";
import { cleanScene } from "../reports/scenes.ts";
import { inputOf, scoreEvidence } from "../reports/scored-samples.ts";

const clean = scoreEvidence(perfectEvidence(cleanScene("zh", 0, 3)));
const wrong = FAULTS.map((fault, at) =>
  scoreEvidence(perfectEvidence(fault.plant(cleanScene("en", at, 3), at))),
);
const report = buildReport(inputOf([clean, ...wrong], "zh"));
const fine = buildReport(inputOf([clean], "en"));
const talk = { ...report, run: { ...report.run, mode: "session" as const } };

describe("which samples of a report are listed", () => {
  it("those with a problem; all where there is none, and of a conversation in its order", () => {
    expect(filterOf(firstViewOf(report), false)).toMatchObject({ problems: "true", sort: "gain" });
    expect(filterOf(firstViewOf(fine), false)).toMatchObject({ problems: null });
    expect(filterOf(firstViewOf(talk), false)).toMatchObject({ problems: null, sort: null });
  });

  it("the address holds what differs from that, and reads back the same", () => {
    for (const one of [report, fine, talk]) {
      const first = firstViewOf(one);
      expect(Object.values(writeView(first, first)).every((value) => value === null)).toBe(true);
      for (const all of ["0", "1"]) {
        const view = { ...first, all, q: "年假 leave", sort: "faithfulness" };
        const written = Object.entries(writeView(view, first)).filter(([, value]) => value);
        const search = Object.fromEntries(written) as Record<string, string>;
        expect(readView(search, first)).toEqual(view);
      }
    }
  });

  it("how many there are is known without counting, but for a search", () => {
    const first = firstViewOf(report);
    expect(countListed(report, first)).toBe(wrong.length);
    expect(countListed(report, { ...first, all: "1" })).toBe(wrong.length + 1);
    const [cause = "", n] = Object.entries(report.diagnosis)[0] ?? [];
    expect(countListed(report, { ...first, cause })).toBe(n);
    expect(countListed(report, { ...first, q: "x" })).toBeNull();
  });

  it("turns are counted in the order of a conversation alone", () => {
    expect(turnAt(talk, firstViewOf(talk), 2)).toBe(3);
    expect(turnAt(talk, { ...firstViewOf(talk), sort: "gain" }, 2)).toBeNull();
    expect(turnAt(talk, { ...firstViewOf(talk), all: "0" }, 2)).toBeNull();
    expect(turnAt(report, { ...firstViewOf(report), sort: "submitted", all: "1" }, 2)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import type { Run } from "../../src/contract/run.ts";
import { judgeRun, readRules, writeRules } from "../../ui/features/runs/run-gate.ts";

function run(mean: number | null, interval: [number, number] | null, coverage = 1): Run {
  return {
    run_id: "run_1",
    name: "夜间回归",
    mode: "batch",
    judge: "offline",
    judge_model: null,
    embedding_model: null,
    started_at: "",
    finished_at: "",
    total_samples: 20,
    valid_samples: 20,
    invalid_samples: 0,
    metrics: ["faithfulness"],
    metric_means: { faithfulness: mean },
    intervals: { faithfulness: interval },
    coverage: { faithfulness: coverage },
    sure: {},
    advice_top: null,
    tags: {},
    session_id: null,
  };
}

const verdictOf = (of: Run, rules = "faithfulness>=0.8") =>
  judgeRun(of, readRules(rules), () => undefined).verdict;

describe("the gate of a list", () => {
  it("reads rules from an address and leaves out what is none", () => {
    const text = "faithfulness>=0.8,noise_sensitivity<=0.2";
    expect(writeRules(readRules(text))).toBe(text);
    expect(readRules("faithfulness>=base,<script>,,faithfulness,x>=nine")).toEqual([]);
    expect(writeRules(readRules("faithfulness ≥ 0.8"))).toBe("faithfulness>=0.8");
  });

  it("passes or fails only where the whole interval stands on one side", () => {
    expect(verdictOf(run(0.9, [0.85, 0.95]))).toBe("pass");
    expect(verdictOf(run(0.7, [0.6, 0.79]))).toBe("fail");
    expect(verdictOf(run(0.85, [0.7, 0.95]))).toBe("inconclusive");
    expect(verdictOf(run(null, null))).toBe("inconclusive");
  });

  it("counts what failed at its worst and its best", () => {
    expect(verdictOf(run(0.9, [0.85, 0.95], 0.8))).toBe("inconclusive");
    expect(verdictOf(run(0.1, [0.05, 0.15], 0.5))).toBe("fail");
  });

  it("what rests on low confidence is open, as the gate of the server says", () => {
    const sure = { n: 12, low: 8, mean: 0.9, interval: [0.85, 0.95] as [number, number] };
    const failing = run(0.6, [0.5, 0.7]);
    expect(verdictOf({ ...failing, sure: { faithfulness: sure } })).toBe("inconclusive");
    const passing = run(0.9, [0.85, 0.95]);
    expect(verdictOf({ ...passing, sure: { faithfulness: sure } })).toBe("pass");
    const none = { n: 0, low: 20, mean: null, interval: null };
    expect(verdictOf({ ...passing, sure: { faithfulness: none } })).toBe("inconclusive");
  });

  it("one failed rule fails; a rule on a metric the run lacks leaves it open", () => {
    expect(verdictOf(run(0.9, [0.85, 0.95]), "faithfulness>=0.8,faithfulness<=0.5")).toBe("fail");
    expect(verdictOf(run(0.9, [0.85, 0.95]), "faithfulness>=0.8,context_recall>=0.5")).toBe(
      "inconclusive",
    );
  });
});

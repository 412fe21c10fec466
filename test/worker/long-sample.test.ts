import { expect, test } from "vitest";
import { send } from "./http.ts";

test.each([
  ["en", "Paris is the big capital of France. ", "Paris is the big capital of France."],
  ["zh", "巴黎是法国很大的首都。", "巴黎是法国很大的首都。"],
])(
  "%s: a long answer is scored in part and shown in part, and both are said",
  async (_, unit, passage) => {
    const scored = await send("/api/score", {
      json: {
        question: "What is Paris? 巴黎是什么？",
        answer: unit.repeat(3000),
        contexts: [passage],
        judge: "offline",
        // Quotations too: a job in which every metric failed has no run.
        metrics: ["faithfulness", "quoted_spans"],
      },
    });
    expect(scored.status).toBe(200);
    const { run_id, outcomes, warnings } = await scored.json<{
      run_id: string;
      outcomes: Record<string, unknown>;
      warnings: { code: string }[];
    }>();
    expect(outcomes.faithfulness).toMatchObject({ status: "failed", reason: "budget" });
    expect(warnings.map(({ code }) => code)).toContain("claims_unchecked");
    const read = async (query: string) => {
      const answer = await send(`/api/runs/${run_id}/samples/1${query}`);
      expect(answer.status).toBe(200);
      return answer.json<{
        evidence: { claims: unknown[]; answer: { text: string; sentences: unknown[] } };
        more: { claims: number; characters: number } | null;
      }>();
    };
    const first = await read("");
    expect(first.evidence.claims).toHaveLength(500);
    expect(first.evidence.answer.sentences).toHaveLength(500);
    expect(first.more).toEqual({
      claims: 1500,
      characters: unit.repeat(3000).length - first.evidence.answer.text.length,
    });
    const all = await read("?sentences=40000");
    expect(all.evidence.answer.text).toBe(unit.repeat(3000));
    expect(all.more).toBeNull();
    for (const wrong of ["0", "-1", "x", "1.5"]) {
      const refused = await send(`/api/runs/${run_id}/samples/1?sentences=${wrong}`);
      expect(refused.status).toBe(422);
    }
    const lines = await (await send(`/api/runs/${run_id}/artifacts/evidence.jsonl`)).text();
    expect(JSON.parse(lines).answer.text).toBe(unit.repeat(3000));
  },
);

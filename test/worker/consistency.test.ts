import { beforeEach, expect, it } from "vitest";
import type { Report } from "../../src/contract/report.ts";
import { rescoreRun } from "../../src/jobs/rescore.ts";
import { askTwice } from "../../src/judges/consistency/ask-twice.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { verifyArtifacts } from "../../src/reports/text/verify-artifacts.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import { send } from "./http.ts";
import {
  acceptRows,
  artifactsOf,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
} from "./job-world.ts";

beforeEach(emptyTables);

const USAGE = { judge_calls: 1, cached_calls: 0, prompt_tokens: 70, completion_tokens: 30 };

/** Sees support everywhere, and when it is asked again nowhere. */
function waveringJudge(): Judge {
  const offline = createOfflineJudge();
  return {
    name: "wavering",
    async fill(sample, needs, signal) {
      const table = await offline.fill(sample, needs, signal);
      if (!table.answerClaims?.ok) return table;
      const value = table.answerClaims.value.map((claim) => ({
        ...claim,
        passages: {
          ok: true as const,
          value: {
            verdict: "supported" as const,
            evidence: [{ passage: 0, sentence: 0 }],
            jointly: false,
            confidence: null,
          },
        },
      }));
      return { ...table, method: "llm", answerClaims: { ok: true, value }, usage: USAGE };
    },
    async askAgain(_sample, asks) {
      const answers = asks.map(({ passages }) => ({
        passages: passages
          ? {
              ok: true as const,
              value: {
                verdict: "unsupported" as const,
                evidence: [],
                jointly: false,
                confidence: null,
              },
            }
          : null,
        other: null,
      }));
      return { answers, usage: USAGE, notes: [] };
    },
  };
}

it("the flip rate stands in report, summary and metadata; built again, every byte is the same", async () => {
  const world = createWorld();
  const { chooseJudge } = world.context;
  world.context.chooseJudge = async (request) => ({
    ...(await chooseJudge(request)),
    judge: askTwice(waveringJudge()),
  });
  const rows = manySamples(8).map((row, n) => ({
    ...row,
    ...(n % 2 === 0 ? { answer: "保修期为九十九年。 The moon is made of cheese." } : {}),
  }));
  const job = await acceptRows(world, rows);
  await drain(world);
  const { runId } = await jobOf(job.id);
  const report = (await (await send(`/api/runs/${runId}`)).json()) as Report;
  const { consistency } = report;
  expect(consistency?.doubtful.asked).toBeGreaterThanOrEqual(4);
  expect(consistency?.doubtful.rate).toBe(1);
  expect(report.usage.judge_calls).toBeGreaterThanOrEqual(8 + 4);

  const texts = await artifactsOf(runId ?? "");
  // Reading it as text took its byte order mark away.
  const files = { ...texts, "scores.csv": `\uFEFF${texts["scores.csv"]}` };
  expect(texts["summary.md"]).toMatch(/第二次询问|asked a second time/);
  expect(JSON.parse(texts["metadata.json"] ?? "{}").consistency).toEqual(consistency);
  const html = await (await send(`/api/runs/${runId}/report.html`)).text();
  expect(html).toMatch(/第二次询问|asked a second time/);

  const wish = { project: "default", submittedBy: "test", runId: runId ?? "", thresholds: null };
  const again = await rescoreRun(world.context, { ...wish, metrics: null });
  expect(again.differing).toEqual([]);
  expect(Object.values(again.identical ?? {})).toEqual([true, true, true, true, true]);
  expect(again.report.consistency).toEqual(consistency);
  type Files = Parameters<typeof verifyArtifacts>[0];
  expect(verifyArtifacts(files as Files, report).findings).toEqual([]);
  // Other metrics rest on the same two askings.
  const other = await rescoreRun(world.context, { ...wish, metrics: ["hallucination"] });
  expect(other.report.consistency).toEqual(consistency);

  // A second word that was changed afterwards is found.
  const forged = {
    ...files,
    "evidence.jsonl": texts["evidence.jsonl"]?.replace(
      '"verdict":"unsupported"',
      '"verdict":"supported"',
    ),
  };
  expect(forged["evidence.jsonl"]).not.toBe(texts["evidence.jsonl"]);
  expect(verifyArtifacts(forged as Files, report).findings.length).toBeGreaterThan(0);
});

it("the interval of the mean is wider than that of the same scores asked once", async () => {
  const reports: Report[] = [];
  for (const wrap of [(judge: Judge) => judge, askTwice]) {
    await emptyTables();
    const world = createWorld();
    const { chooseJudge } = world.context;
    world.context.chooseJudge = async (request) => ({
      ...(await chooseJudge(request)),
      judge: wrap(waveringJudge()),
    });
    const rows = manySamples(6).map((row) => ({
      ...row,
      answer: "月亮是奶酪做的。 It is cheese.",
    }));
    const job = await acceptRows(world, rows);
    await drain(world);
    const { runId } = await jobOf(job.id);
    reports.push((await (await send(`/api/runs/${runId}`)).json()) as Report);
  }
  const [once, twice] = reports.map(({ metrics }) => metrics.faithfulness);
  expect(twice?.mean).toBe(once?.mean);
  expect(twice?.interval?.[0]).toBeLessThan(once?.interval?.[0] ?? 0);
});

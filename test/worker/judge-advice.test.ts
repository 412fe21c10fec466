import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Report } from "../../src/contract/report.ts";
import { rescoreRun } from "../../src/jobs/rescore.ts";
import { send } from "./http.ts";
import {
  accept,
  acceptRows,
  artifactsOf,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

type Writer = NonNullable<Awaited<ReturnType<World["context"]["chooseJudge"]>>["writeAdvice"]>;

const usage = { judge_calls: 1, cached_calls: 0, prompt_tokens: 70, completion_tokens: 30 };

/** A batch of wrong answers, judged offline, with somebody who writes. */
async function runBatch(writeAdvice: Writer) {
  const world = createWorld();
  const { chooseJudge } = world.context;
  world.context.chooseJudge = async (request) => ({
    ...(await chooseJudge(request)),
    writeAdvice,
  });
  const rows = manySamples(6).map((row) => ({
    ...row,
    answer: "保修期为九十九年。 The warranty is 99 years.",
  }));
  const job = await acceptRows(world, rows);
  await drain(world);
  const { runId } = await jobOf(job.id);
  const report = (await (await send(`/api/runs/${runId}`)).json()) as Report;
  return { world, runId: runId ?? "", report, files: await artifactsOf(runId ?? "") };
}

it("one call writes the engineer's version; it stands in report and advice, and costs what it cost", async () => {
  let calls = 0;
  const { report, files, runId, world } = await runBatch(async (brief) => {
    calls++;
    const paragraphs = brief.items.map(({ id }) => ({
      id,
      text: `先做这一条：{${id}.weak} / {${id}.total}。`,
    }));
    return { reply: { paragraphs }, usage };
  });
  expect(calls).toBe(1);
  expect(report.advice.length).toBeGreaterThan(0);
  for (const { engineer } of report.advice) expect(engineer).toMatch(/^先做这一条：\d+ \/ 6。$/);
  expect(files["optimization_advice.md"]).toContain("先做这一条");
  expect(report.usage).toMatchObject({ judge_calls: 1, prompt_tokens: 70 });
  // Built again from what is stored, the same words stand there without another call.
  const again = await rescoreRun(world.context, {
    project: "default",
    submittedBy: "test",
    runId,
    metrics: null,
    thresholds: null,
  });
  expect(again.identical).toEqual(
    Object.fromEntries(Object.keys(files).map((name) => [name, true])),
  );
  expect(calls).toBe(1);
});

it("a session's report has it too, once each time it is built", async () => {
  const world = createWorld();
  const { chooseJudge } = world.context;
  let calls = 0;
  const writeAdvice: Writer = async (brief) => {
    calls++;
    const paragraphs = brief.items.map(({ id }) => ({ id, text: "先改检索，再看 {A1.weak}。" }));
    return { reply: { paragraphs }, usage };
  };
  world.context.chooseJudge = async (request) => ({
    ...(await chooseJudge(request)),
    writeAdvice,
  });
  for (const row of manySamples(6)) {
    await accept(world, { ...row, answer: "保修期为九十九年。 99 years.", session_id: "s1" });
  }
  await drain(world);
  const built = world.logs.filter(({ event }) => event === "session.reported").length;
  const few = world.logs.filter(({ event }) => event === "advice.written").length;
  const { results } = await env.DB.prepare("SELECT id FROM runs").all<{ id: string }>();
  const report = (await (await send(`/api/runs/${results[0]?.id}`)).json()) as Report;
  expect(report.run.total_samples).toBe(6);
  expect(report.advice[0]?.engineer).toContain("先改检索");
  expect(calls).toBe(few);
  expect(calls).toBeLessThanOrEqual(built);
});

it.each<[string, Writer]>([
  ["throws", () => Promise.reject(new Error("the model is away"))],
  ["writes nonsense", async () => ({ reply: "no", usage })],
  ["invents numbers", async () => ({ reply: { paragraphs: [{ id: "A1", text: "99 %" }] }, usage })],
])("a writer that %s leaves the rules' text as it is", async (_what, writer) => {
  const { report, files } = await runBatch(writer);
  expect(report.advice.length).toBeGreaterThan(0);
  for (const advice of report.advice) expect(advice.engineer).toBeUndefined();
  expect(files["optimization_advice.md"]).toContain(report.advice[0]?.actions[0]);
});

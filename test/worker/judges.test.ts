import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { judgeRunGate, judgeSampleGate } from "../../src/jobs/judge-gate.ts";
import { listJudges } from "../../src/jobs/list-judges.ts";
import { CHECK_SET } from "../../src/jobs/measure-judge/check-set.ts";
import {
  findUnmeasured,
  isBetterThanOffline,
  measureJudge,
} from "../../src/jobs/measure-judge/run-measure.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { GATE_WORDS } from "../../src/scoring/gate-words.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import type { Settings } from "../../src/settings.ts";
import { SAMPLE_EN } from "./http.ts";
import {
  accept,
  acceptRows,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(async () => {
  await emptyTables();
  await env.DB.batch(
    ["judge_days", "judge_measures"].map((name) => env.DB.prepare(`DELETE FROM ${name}`)),
  );
});

const verdictOf = new Map(
  CHECK_SET.map(({ passage, claim, verdict }) => [`${passage} ${claim}`, verdict]),
);

/** Knows the check set, but for one claim in `wrongEach`. */
function knowing(wrongEach = Number.POSITIVE_INFINITY): Judge {
  const inner = createOfflineJudge();
  let asked = 0;
  return {
    ...inner,
    name: "decision:fake",
    async askAgain({ passages }, asks) {
      const answers = asks.map(({ claim }) => {
        asked += 1;
        const known = verdictOf.get(`${passages?.[0]?.text} ${claim.text}`) ?? "unsupported";
        const verdict = asked % wrongEach === 0 ? "unsupported" : known;
        const support = verdict === "supported" ? 0.95 : 0.05;
        const evidence = verdict === "unsupported" ? [] : [{ passage: 0, sentence: 0 }];
        const value = { verdict, evidence, jointly: false, confidence: 0.95, support };
        return { passages: { ok: true as const, value }, other: null };
      });
      const usage = { judge_calls: 1, cached_calls: 0, prompt_tokens: 100, completion_tokens: 0 };
      return { answers, usage, notes: [] };
    },
  };
}

async function measureAll(world: World) {
  const wish = { project: "default", judge: null, judgeModel: null };
  for (let from: number | null = 0; from !== null; ) {
    const step = await measureJudge(world.context, { ...wish, from });
    if (step.next === null) return step;
    from = step.next;
  }
  throw new Error("never done");
}

describe("a judge is measured", () => {
  it("in parts that add up; a model is better than none only when all parts show it", async () => {
    const world = createWorld();
    world.judge.kind = "decision";
    world.judge.current = knowing(20);
    const part = await measureJudge(world.context, {
      ...{ project: "default", judge: null, judgeModel: null, from: 0 },
    });
    expect(part).toMatchObject({ model: "decision:fake", next: 80, summary: { claims: 80 } });
    expect(await isBetterThanOffline(env.DB, "fake")).toBe(false);
    const platform = platformOf(world);
    expect(await findUnmeasured(platform)).toBe("fake");
    const { summary, kinds } = await measureAll(world);
    expect(summary).toMatchObject({ claims: 480, answered: 1 });
    expect(summary.accuracy).toBeGreaterThan(0.95);
    expect(summary.interval?.[0]).toBeGreaterThan(0.9);
    expect(summary.above_interval?.[0]).toBeGreaterThan(0);
    expect(summary.calibration_error).toBeLessThan(0.1);
    expect(Object.keys(kinds)).toHaveLength(24);
    expect(Object.values(kinds).every(([n]) => n === 20)).toBe(true);
    expect(await isBetterThanOffline(env.DB, "fake")).toBe(true);
    expect(await findUnmeasured(platform)).toBeNull();
    // Anew, from the first claim on: what was measured before does not count twice.
    world.judge.current = knowing(2);
    expect((await measureAll(world)).summary).toMatchObject({ claims: 480 });
    expect(await isBetterThanOffline(env.DB, "fake")).toBe(false);
  });

  it("the offline judge too, and it is not above itself", async () => {
    const { summary } = await measureAll(createWorld());
    expect(summary).toMatchObject({ claims: 480, answered: 1, above_offline: 0 });
    expect(summary.accuracy).toBeGreaterThan(0.5);
    const world = createWorld();
    const cards = await listJudges(world.context, null);
    expect(cards.map(({ kind, measured }) => [kind, measured?.claims ?? null])).toEqual([
      ["llm", null],
      ["decision", null],
      ["offline", 480],
    ]);
  });
});

/** A deployment with a model of the platform, which nothing else goes before unless it is set. */
function platformOf({ context }: World, more: Partial<Settings> = {}) {
  const decision = { ...context.settings.decision, model: "fake", isBound: true };
  return { home: env.DB, settings: { ...context.settings, decision, ...more } };
}

describe("a model of the platform is offered to be measured", () => {
  it("where that decides who judges, and nowhere else", async () => {
    const world = createWorld();
    expect(await findUnmeasured(platformOf(world))).toBe("fake");
    const { decision } = platformOf(world).settings;
    for (const more of [
      { openaiApiKey: "sk-x" },
      { judge: "offline" as const },
      { judge: "decision" as const },
      { decision: { ...decision, isBound: false } },
      { decision: { ...decision, baseURL: "https://models.example/v1" } },
    ]) {
      expect(await findUnmeasured(platformOf(world, more)), JSON.stringify(more)).toBeNull();
    }
  });
});

/** The offline judge, as a model whose control claims passed in so many of ten replies. */
function passing(held: number): Judge {
  const inner = createOfflineJudge();
  return {
    name: "llm:fake",
    fill: async (...args) => {
      const table = await inner.fill(...args);
      const usage = { ...table.usage, judge_calls: 10 };
      return { ...table, usage, controls: { asked: 10, held } };
    },
  };
}

describe("control claims of a judge at work", () => {
  const wish = {
    rules: [
      {
        metric: "faithfulness",
        operator: ">=",
        limit: 0,
        against: "number",
        text: "faithfulness >= 0",
      },
    ],
    baseRunId: null,
    words: GATE_WORDS.en,
  } as const;

  it.each([
    [10, true],
    [9, true],
    [8, false],
  ])(
    "%i of 10 passed: the run is reliable: %s; else its gate stays open",
    async (held, isReliable) => {
      const world = createWorld();
      world.judge.kind = "llm";
      world.judge.current = passing(held);
      const single = await accept(world, SAMPLE_EN);
      const batch = await acceptRows(world, manySamples(6));
      await drain(world);
      const expected = isReliable ? "pass" : "inconclusive";
      const job = await jobOf(single.id);
      const one = await judgeSampleGate(world.context, job, "1", wish);
      expect(one.results.map(({ verdict }) => verdict)).toEqual([expected]);
      const { runId } = await jobOf(batch.id);
      const all = await judgeRunGate(world.context, "default", runId ?? "", wish);
      expect(all.results.map(({ verdict }) => verdict)).toEqual([expected]);
      expect(all.notes.some((note) => note.includes(`${held * 6} of 60`))).toBe(!isReliable);
      const { results } = await env.DB.prepare("SELECT model, asked, held FROM judge_days").all();
      expect(results).toEqual([{ model: "fake", asked: 70, held: held * 7 }]);
    },
  );
});

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { listJudges } from "../../src/jobs/list-judges.ts";
import { listModelEnds, lookForShutdowns } from "../../src/jobs/model-shutdowns.ts";
import { readTrouble } from "../../src/jobs/read-trouble.ts";
import { readHealth } from "../../src/routes/service/health.ts";
import { createWorld, emptyTables, readSettings } from "./job-world.ts";

beforeEach(emptyTables);

const DAY_MS = 86_400_000;

/** A provider's list of models, as it is asked for. */
function createProvider(models: readonly object[] | null) {
  const state = { models, asked: [] as { url: string; key: string | null }[] };
  const fetch = async (url: string, init: RequestInit) => {
    state.asked.push({ url, key: new Headers(init.headers).get("authorization") });
    return state.models
      ? Response.json({ object: "list", data: state.models })
      : new Response("away", { status: 503 });
  };
  return { state, fetch };
}

const MODEL = {
  OPENAI_API_KEY: "sk-x",
  OPENAI_BASE_URL: "https://models.example/v1",
  JUDGE_MODEL: "gpt-test",
};
/** 00:00 UTC. */
const TODAY = Date.parse("2026-11-30");

function createTown(models: readonly object[] | null, more: Record<string, string> = {}) {
  const provider = createProvider(models);
  const settings = readSettings({ ...MODEL, ...more });
  const world = createWorld({ settings, outside: { fetch: provider.fetch } });
  world.clock.now = TODAY;
  const look = () => lookForShutdowns(world.context);
  const ends = async (days = 0) => {
    const found = await listModelEnds(env.DB, settings, world.clock.now + days * DAY_MS);
    return found.map(({ model, days }) => [model, days]);
  };
  return { world, look, ends, settings, state: provider.state };
}

const ending = (id: string, shutdown_date?: unknown) => ({ id, object: "model", shutdown_date });

describe("a model that ends", () => {
  it("is asked for once a day, and told of 60 days ahead", async () => {
    const { world, look, ends, state } = createTown([
      ending("gpt-test", "2027-01-30"),
      ending("another", "2026-12-01"),
    ]);
    expect(await ends()).toEqual([]);
    await look();
    await look();
    expect(state.asked).toEqual([{ url: "https://models.example/v1/models", key: "Bearer sk-x" }]);
    expect([await ends(), await ends(1)]).toEqual([[], [["gpt-test", 60]]]);
    world.clock.now += DAY_MS - 1;
    await look();
    expect(state.asked).toHaveLength(1);
    world.clock.now += 1;
    state.models = [ending("gpt-test", null)];
    await look();
    expect(state.asked).toHaveLength(2);
    expect(await ends()).toEqual([]);
  });

  it("stays known while its provider is away, and when a clock was set back it is asked again", async () => {
    const { world, look, ends, state } = createTown([ending("gpt-test", "2026-12-05")]);
    await look();
    state.models = null;
    world.clock.now += DAY_MS;
    await look();
    expect(await ends()).toEqual([["gpt-test", 4]]);
    expect(world.logs).toMatchObject([{ event: "shutdowns.unknown" }]);
    world.clock.now -= 3 * DAY_MS;
    await look();
    expect(state.asked).toHaveLength(3);
  });

  it.each([
    ["no list", { nothing: 1 }],
    ["dates that are none", [ending("gpt-test", "soon"), ending("other", 7)]],
    ["no dates", [ending("gpt-test")]],
  ])("%s: nothing is said and nothing breaks", async (_, models) => {
    const { look, ends } = createTown(models as object[]);
    await look();
    expect(await ends()).toEqual([]);
  });

  it("is known at OpenAI before it is asked, and only there", async () => {
    const openai = { OPENAI_BASE_URL: "https://api.openai.com/v1", JUDGE_MODEL: "gpt-4o-mini" };
    const there = createTown(null, { ...openai, ALLOWED_MODELS: "o3, gpt-4.1" });
    expect(await there.ends()).toEqual([
      ["o3", 11],
      ["gpt-4o-mini", 45],
      ["gpt-4.1", 45],
    ]);
    expect(await createTown(null, { JUDGE_MODEL: "gpt-4o-mini" }).ends()).toEqual([]);
    // The provider knows better than the table.
    there.state.models = [ending("gpt-4o-mini", "2027-01-20")];
    await there.look();
    expect(await there.ends(1)).toContainEqual(["gpt-4o-mini", 50]);
  });

  it("nobody is asked where no model is set", async () => {
    const { look, state, ends } = createTown([], { OPENAI_API_KEY: "" });
    await look();
    expect([state.asked, await ends()]).toEqual([[], []]);
  });

  it.each([
    ["zh", "模型 gpt-test 将于 2026-12-05 停用，还有 5 天", "模型 gpt-test 已于 2026-12-05 停用"],
    ["en", "The model gpt-test ends on 2026-12-05, in 5 days", "gpt-test ended on 2026-12-05"],
  ] as const)(
    "is a problem in health, on its card and on every page (%s)",
    async (reader, soon, over) => {
      const { world, look, settings } = createTown([ending("gpt-test", "2026-12-05")]);
      await look();
      const configuration = { ok: true as const, settings, warnings: [] };
      const databases = { home: env.DB, db: env.DB };
      const healthAt = (now: number) => readHealth(databases, configuration, now, reader);
      expect(await healthAt(TODAY)).toMatchObject({
        status: "degraded",
        problems: [expect.stringContaining(soon)],
      });
      expect((await healthAt(TODAY + 5 * DAY_MS)).problems).toEqual([
        expect.stringContaining(over),
      ]);
      const { ending_models } = await readTrouble(world.context, "default", TODAY, reader);
      expect(ending_models).toEqual([expect.stringContaining(soon)]);
      const cards = await listJudges(world.context, reader);
      expect(cards.map(({ kind, ends }) => [kind, ends])).toEqual([
        ["llm", expect.stringContaining(soon)],
        ["decision", null],
        ["offline", null],
      ]);
    },
  );
});

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { targetReach } from "../../src/jobs/experiments/call-target.ts";
import { openDestination } from "../../src/net/destination.ts";
import { APP_CASES } from "../fakes/app-cases.ts";
import type { Trouble } from "../fakes/fake-app.ts";
import { INSIDE_HOSTS } from "../net/notations.ts";
import {
  beginIn,
  connect,
  createExperimentWorld,
  createSet,
  emptyExperiments,
  items,
  logOfApp,
  read,
  runIn,
  setUpApp,
  start,
} from "./experiment-world.ts";
import { send, until } from "./http.ts";
import { drain } from "./job-world.ts";

beforeEach(emptyExperiments);

/** Every trouble stands between questions that go well, in one of the two languages. */
function troubledItems(troubles: readonly string[], rounds: number): object[] {
  return Array.from({ length: rounds }, (_, round) =>
    troubles.flatMap((trouble, n) => [
      {
        id: `${trouble}:${round}`,
        question: `${round % 2 === 0 ? "年假" : "leave"} <${trouble}> ${round}?`,
      },
      { id: `fine:${round}:${n}`, question: `年假有几天 ${round} ${n}？`, ground_truth: "五天。" },
    ]),
  ).flat();
}

describe("every item ends with a typed outcome", () => {
  it.each(APP_CASES)("%s %s", async (kind, mode, expected) => {
    const names = Object.keys(expected) as Trouble[];
    const troubles = Object.fromEntries(names.map((name) => [`<${name}>`, name]));
    const { app, target } = await connect(kind, { ...(mode ? { mode } : {}), troubles });
    // Those that are put off come together at the end, and five equal ones in a row would stop the run.
    const { test_set_id } = await createSet(troubledItems(names, 4));
    const world = createExperimentWorld();
    await runIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    const { results } = await env.DB.prepare("SELECT item_id, outcome, why FROM asks").all<{
      item_id: string;
      outcome: string;
      why: string | null;
    }>();
    for (const { item_id: id, outcome, why } of results) {
      const wanted = id.startsWith("fine") ? "answered" : expected[id.split(":")[0] as Trouble];
      expect(outcome, `${id} ${why}`).toBe(wanted);
      if (outcome !== "answered") expect(why, id).not.toBeNull();
    }
    // Nobody was asked twice, whatever happened on the way.
    const questions = (await logOfApp(app)).worked.map(({ question }) => question);
    expect(new Set(questions).size).toBe(questions.length);
    const run = await env.DB.prepare("SELECT id, status FROM jobs").first<{
      id: string;
      status: string;
    }>();
    expect(run?.status).toBe("completed");
    const page = await send(`/api/runs/${run?.id.replace("job_", "run_")}/samples?limit=100`);
    const { samples } = (await page.json()) as { samples: { sample_id: string }[] };
    const sampleId = samples.find(({ sample_id: id }) => id.startsWith("fine"))?.sample_id ?? "";
    const one = await send(
      `/api/runs/${run?.id.replace("job_", "run_")}/samples/${encodeURIComponent(sampleId)}`,
    );
    const { evidence } = (await one.json()) as {
      evidence: { passages: { text: string }[] | null };
    };
    expect(evidence.passages?.length ?? 0).toBe(mode === "agent" ? 0 : 2);
  });
});

describe("how much an app bears", () => {
  it("more at once after it answered well, five at most, and everything is asked once", async () => {
    const { app, target } = await connect("dify", { mode: "chat", delayMs: 40 });
    const { test_set_id } = await createSet(items(80));
    const { experiment_id } = await start({
      test_set_id,
      targets: [{ target_id: target.target_id }],
    });
    await until(async () => (await read(experiment_id)).status === "ended");
    const log = await logOfApp(app);
    expect(log.worked).toHaveLength(80);
    expect(log.most).toBeGreaterThanOrEqual(3);
    expect(log.most).toBeLessThanOrEqual(5);
  });

  it("less when it says that it is too much, and what it turned away was not asked", async () => {
    const setup = { mode: "chat", atOnce: 1, delayMs: 20 };
    const { app, target } = await connect("dify", setup, { asks_per_day: 12 });
    const { test_set_id } = await createSet(items(12));
    const { experiment_id } = await start({
      test_set_id,
      targets: [{ target_id: target.target_id }],
    });
    const ended = await until(async () => {
      const now = await read(experiment_id);
      return now.status === "ended" && now;
    });
    expect(ended.runs[0]?.outcomes).toEqual({ answered: 12 });
    const log = await logOfApp(app);
    expect(log.most).toBe(1);
    expect(log.refused.length).toBeGreaterThan(0);
  });

  it("a spent allowance stops the run with the app's words; what was answered is scored", async () => {
    const { app, target } = await connect("dify", { mode: "chat", allowance: 5 });
    const { test_set_id } = await createSet(items(20));
    const world = createExperimentWorld();
    const id = await runIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    const { runs } = await read(id);
    const refused = (await logOfApp(app)).refused.length;
    expect(runs).toMatchObject([
      {
        status: "completed",
        outcomes: { answered: 5, app_error: refused, not_asked: 15 - refused },
      },
    ]);
    expect(runs[0]?.stopped).toContain("message credits are used up");
    // The question that was under way beside it ends by itself.
    expect(refused).toBeGreaterThanOrEqual(1);
    expect(refused).toBeLessThanOrEqual(2);
  });

  it("five equal errors in a row stop it, whatever the words", async () => {
    const { app, target } = await connect("dify", { mode: "chat", troubles: { "": "refused" } });
    const { test_set_id } = await createSet(items(20));
    const world = createExperimentWorld();
    const id = await runIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    const { runs } = await read(id);
    const refused = (await logOfApp(app)).refused.length;
    expect(runs).toMatchObject([
      { status: "failed", outcomes: { app_error: refused, not_asked: 20 - refused } },
    ]);
    expect(runs[0]?.stopped).toContain("模型拒绝");
    expect(refused).toBeGreaterThanOrEqual(5);
    expect(refused).toBeLessThanOrEqual(6);
  });

  it("what a consumer left behind when it died is unknown, and no error of the app", async () => {
    const { app, target } = await connect("openai");
    const { test_set_id } = await createSet(items(12));
    const world = createExperimentWorld();
    const id = await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    await env.DB.prepare(
      "UPDATE asks SET state = 'asking', attempt = 1, lease_until = 1 WHERE seq < 6",
    ).run();
    await drain(world, 3000);
    const { runs } = await read(id);
    expect(runs).toMatchObject([{ outcomes: { unknown: 6, answered: 6 }, stopped: null }]);
    expect((await logOfApp(app)).worked).toHaveLength(6);
  });

  it("not more a day than somebody allows", async () => {
    const { app, target } = await connect("openai", {}, { asks_per_day: 3 });
    const { test_set_id } = await createSet(items(10));
    const wish = { test_set_id, targets: [{ target_id: target.target_id }] };
    const id = await runIn(createExperimentWorld(), wish);
    expect((await read(id)).runs[0]?.outcomes).toEqual({ answered: 3, not_asked: 7 });
    expect((await logOfApp(app)).worked).toHaveLength(3);
    const again = await send("/api/experiments", { json: wish });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([
      429,
      "quota_exceeded",
    ]);
  });
});

describe("what is not asked", () => {
  it("more than 500 questions that nobody confirmed", async () => {
    const { app, target } = await connect("openai");
    const { test_set_id } = await createSet(items(251));
    const wish = { test_set_id, targets: [{ target_id: target.target_id }], repeat: 2 };
    const estimate = await (await send("/api/experiments/estimate", { json: wish })).json();
    expect(estimate).toMatchObject({ asks: 502, needs_confirmation: true, seconds: null });
    const refused = await send("/api/experiments", { json: wish });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("confirm_asks: 502");
    expect((await logOfApp(app)).worked).toEqual([]);
  });

  it("items whose inputs or files the app cannot get, which are named before", async () => {
    const form = [
      { paragraph: { label: "问题", variable: "query", required: true } },
      { select: { label: "地区", variable: "region", required: true, options: ["华东"] } },
    ];
    const { target } = await connect("dify", {
      mode: "workflow",
      parameters: { user_input_form: form },
    });
    const openai = await connect("openai");
    const { test_set_id } = await createSet([
      { id: "whole", question: "几天？", inputs: { region: "华东" } },
      { id: "lacking", question: "How many?" },
      {
        id: "file",
        question: "图里是什么？",
        inputs: { region: "华东" },
        files: [{ type: "image", url: "https://example.com/a.png" }],
      },
    ]);
    const targets = [{ target_id: target.target_id }, { target_id: openai.target.target_id }];
    const estimate = await send("/api/experiments/estimate", { json: { test_set_id, targets } });
    expect(await estimate.json()).toMatchObject({
      asks: 4,
      cannot_ask: [
        { item_id: "lacking", target_id: target.target_id, why: expect.stringContaining("region") },
        { item_id: "file", target_id: openai.target.target_id },
      ],
    });
  });
});

describe("what was said before", () => {
  it("stands in the same conversation, and the last answer counts", async () => {
    const { app, target } = await connect("dify", { mode: "chat" });
    const { test_set_id } = await createSet([
      { question: "那病假呢？", turns: ["年假有几天？", "谁批准？"] },
    ]);
    await runIn(createExperimentWorld(), {
      test_set_id,
      targets: [{ target_id: target.target_id }],
    });
    const { worked } = await logOfApp(app);
    expect(worked.map(({ question }) => question)).toEqual([
      "年假有几天？",
      "谁批准？",
      "那病假呢？",
    ]);
    expect(new Set(worked.map(({ conversation }) => conversation)).size).toBe(1);
    expect(await env.DB.prepare("SELECT answer FROM samples").first("answer")).toContain(
      "那病假呢",
    );
  });
});

describe("private places", () => {
  it("are not reached in any notation", async () => {
    expect(INSIDE_HOSTS.length).toBeGreaterThanOrEqual(60);
    for (const host of INSIDE_HOSTS) {
      const json = { name: "x", kind: "openai", base_url: `https://${host}/v1`, api_key: "k" };
      const answer = await send("/api/targets", { json });
      expect(answer.status, host).toBe(422);
    }
    expect(await env.DB.prepare("SELECT count(*) AS n FROM targets").first("n")).toBe(0);
  });

  it("is one the operator lists, at its port alone", () => {
    const reach = targetReach({ accessMode: "keys", targetHosts: ["10.0.0.5:8080", "dify.lan"] });
    const isOpen = (url: string) => !("code" in openDestination(url, reach));
    expect(
      ["http://10.0.0.5:8080/v1", "https://10.0.0.5:8080/v1", "http://dify.lan/v1"].map(isOpen),
    ).toEqual([true, true, true]);
    expect(
      [
        "http://10.0.0.5/v1",
        "http://10.0.0.6:8080/v1",
        "http://dify.lan:81/v1",
        "http://u:p@dify.lan/v1",
      ].map(isOpen),
    ).toEqual([false, false, false, false]);
  });
});

describe("an app that moves", () => {
  it("to another origin loses its key; the key never shows", async () => {
    const { target } = await connect("openai");
    const change = async (json: object) =>
      (await send(`/api/targets/${target.target_id}`, { method: "PATCH", json })).json();
    expect(await change({ name: "新名字" })).toMatchObject({ name: "新名字", has_key: true });
    const other = `${inject("appsUrl").replace("127.0.0.1", "localhost")}/apps/none/v1`;
    expect(await change({ base_url: other })).toMatchObject({ has_key: false });
    const row = await env.DB.prepare("SELECT api_key FROM targets").first("api_key");
    expect(row).toBeNull();
  });

  it("is sent templates in values alone", async () => {
    const { app, target } = await connect(
      "http",
      {},
      {
        options: {
          ...{ body: { "{{question}}": "{{question}}", n: "{{inputs.n}}" }, answer: "data.answer" },
          headers: { "X-Question": "{{question}}" },
        },
      },
    );
    await setUpApp(app, {});
    const question = '"}, "admin": true\r\nX-Evil: 1';
    await send(`/api/targets/${target.target_id}/ask`, { json: { question, inputs: { n: 3 } } });
    const [sent] = (await logOfApp(app)).sent;
    expect(sent?.body).toEqual({ "{{question}}": question, n: 3 });
    expect(sent?.headers["x-evil"]).toBeUndefined();
  });
});

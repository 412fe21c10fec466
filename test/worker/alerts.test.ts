import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Alert, AlertList } from "../../src/contract/alert.ts";
import { checkAlerts } from "../../src/jobs/check-alerts.ts";
import { send } from "./http.ts";
import { consume, createWorld, emptyTables, type World } from "./job-world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Received {
  type: string;
  data: Record<string, unknown>;
}

let world: World;
let received: Received[];

async function setDay(values: readonly number[], daysAgo = 0): Promise<void> {
  const day = new Date(world.clock.now - daysAgo * DAY).toISOString().slice(0, 10);
  await env.DB.prepare(
    `INSERT OR REPLACE INTO trends (project, tag, day, sums)
     VALUES ('default', '', ?1, json_object('faithfulness', json_array(?2, ?3, ?4)))`,
  )
    .bind(
      day,
      values.length,
      values.reduce((sum, value) => sum + value, 0),
      values.reduce((sum, value) => sum + value * value, 0),
    )
    .run();
}

async function tick(): Promise<Alert | undefined> {
  world.clock.now += MINUTE + 1;
  await checkAlerts(world.context);
  for (const { message } of world.queue.splice(0)) await consume(world, message);
  return ((await (await send("/api/alerts")).json()) as AlertList).alerts[0];
}

const repeat = (value: number, n: number) => Array.from({ length: n }, () => value);

/** The longest test lets so much time pass, by the minute. */
const TEST_MS = 20 * MINUTE;

/** Windows are of days: no test begins at the end of one. */
function timeWithinADay(): number {
  const now = Date.now();
  return Math.max(now, Math.floor((now + TEST_MS) / DAY) * DAY);
}

beforeEach(async () => {
  await emptyTables();
  await env.DB.batch(
    ["alert_rules", "trends"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
  received = [];
  world = createWorld({
    settings: { webhookSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
    outside: {
      fetch: async (_url, init) => {
        received.push(JSON.parse(String(init.body)) as Received);
        return new Response(null, { status: 204 });
      },
    },
  });
  world.clock.now = timeWithinADay();
});

async function makeRule(fields: object = {}): Promise<void> {
  const answer = await send("/api/alerts", {
    json: { metric: "faithfulness", threshold: 0.8, window_days: 3, ...fields },
  });
  expect(answer.status).toBe(201);
  // The server under test has no secret to sign with, so the address is put in beside it.
  await env.DB.prepare("UPDATE alert_rules SET webhook_url = 'https://hooks.example.com/a'").run();
}

describe("alerts", () => {
  it("ring once when the mean is proven to be beyond the line, and once when it is over", async () => {
    await makeRule();
    await setDay([...repeat(1, 20), ...repeat(0.9, 20)]);
    expect(await tick()).toMatchObject({ state: "ok", side: "below", changed_at: null });
    await setDay([...repeat(0.5, 20), ...repeat(0.6, 20)]);
    const firing = await tick();
    expect(firing).toMatchObject({ state: "firing", seen: { n: 40 } });
    expect(firing?.seen?.mean).toBeCloseTo(0.55, 10);
    await tick();
    await setDay([...repeat(0.5, 20), ...repeat(0.7, 20)]);
    await tick();
    expect(received.map(({ type }) => type)).toEqual(["alert.firing"]);
    expect(received[0]?.data).toMatchObject({
      status: "firing",
      metric: "faithfulness",
      threshold: 0.8,
      n: 40,
    });
    await setDay(repeat(0.95, 40));
    expect(await tick()).toMatchObject({ state: "ok" });
    await tick();
    expect(received.map(({ type }) => type)).toEqual(["alert.firing", "alert.resolved"]);
  });

  it("chance at the line neither rings nor silences", async () => {
    await makeRule();
    await setDay([0.7, 0.9, 0.75, 0.8]);
    expect(await tick()).toMatchObject({ state: "ok" });
    await setDay(repeat(0.4, 30));
    expect(await tick()).toMatchObject({ state: "firing" });
    await setDay([...repeat(0.78, 15), ...repeat(0.8, 15)]);
    expect(await tick()).toMatchObject({ state: "firing" });
  });

  it("looks at its window alone, and changes nothing without samples", async () => {
    await makeRule();
    await setDay(repeat(0.2, 50), 3);
    expect(await tick()).toMatchObject({ state: "ok", seen: null });
    await setDay(repeat(0.2, 50), 2);
    expect(await tick()).toMatchObject({ state: "firing" });
    world.clock.now += 5 * DAY;
    expect(await tick()).toMatchObject({ state: "firing" });
  });

  it("many who look at once make one webhook", async () => {
    await makeRule();
    await setDay(repeat(0.2, 50));
    world.clock.now += MINUTE + 1;
    await Promise.all(Array.from({ length: 5 }, () => checkAlerts(world.context)));
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM deliveries").first("n");
    expect(rows).toBe(1);
  });

  it("are checked, bounded and removed", async () => {
    for (const wrong of [
      { metric: "truth", threshold: 0.5 },
      { metric: "faithfulness", threshold: 5 },
      { metric: "faithfulness", threshold: 0.5, webhook_url: "https://10.0.0.1/x" },
      { metric: "faithfulness", threshold: 0.5, window_days: 0 },
    ]) {
      expect((await send("/api/alerts", { json: wrong })).status).toBe(422);
    }
    await makeRule({ metric: "noise_sensitivity", side: null });
    const rule = await tick();
    expect(rule?.side).toBe("above");
    const remove = () => send(`/api/alerts/${rule?.alert_id}`, { method: "DELETE" });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });
});

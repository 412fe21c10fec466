import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { policyOf, type RoutesByName } from "../../src/routes/all-routes.ts";
import {
  ADMIN_KEY,
  ask,
  bearer,
  createKey,
  createProject,
  FROM_OUR_PAGE,
  type Question,
  SAMPLE_EN,
  SAMPLE_ZH,
  scoreOne,
  shareRun,
  signIn,
  waitForQuiet,
} from "./access-world.ts";

/** What each kind of caller must get; the statuses are those of the request `prepare` makes. */
interface Row {
  submit: number;
  read: number;
  run: number;
  admin: number;
  /** An admin key of another project. */
  other: number;
  share: number;
  /** Signed in by cookie with the admin key, but the page that asks cannot be shown to be ours. */
  bareCookie: number;
  anonymous?: number;
  prepare: () => Promise<Question & { path: string }> | (Question & { path: string });
}

const readOnly = (path: () => string, status = 200): Row => ({
  submit: 403,
  read: status,
  run: status,
  admin: status,
  other: status,
  share: 403,
  bareCookie: status,
  prepare: () => ({ path: path() }),
});
const ofOneRun = (path: () => string): Row => ({ ...readOnly(path), other: 404, share: 200 });
const submission = (path: string, status: number): Row => ({
  submit: status,
  read: 403,
  run: status,
  admin: status,
  other: status,
  share: 403,
  bareCookie: 403,
  prepare: () => ({ path, json: { ...SAMPLE_EN, name: crypto.randomUUID() } }),
});
const spans = (path: string): Row => ({
  ...submission(path, 200),
  prepare: () => ({ path, method: "POST", headers: { "Content-Type": "application/x-protobuf" } }),
});
const jobMove = (row: Partial<Row> & Pick<Row, "run" | "prepare">): Row => ({
  submit: 403,
  read: 403,
  admin: row.run,
  other: 404,
  share: 403,
  bareCookie: 403,
  ...row,
});
const adminOnly = (row: Partial<Row> & Pick<Row, "admin" | "prepare">): Row => ({
  submit: 403,
  read: 403,
  run: 403,
  other: row.admin,
  share: 403,
  bareCookie: row.admin,
  ...row,
});
const open = (path: string, status = 200): Row => ({
  submit: status,
  read: status,
  run: status,
  admin: status,
  other: status,
  share: status,
  bareCookie: status,
  anonymous: status,
  prepare: () => ({ path }),
});

const a = { job: "", run: "", keyId: "", share: "", shareToken: "", otherRun: "", testSet: "" };
const keys: Record<"submit" | "read" | "run" | "admin" | "other" | "revoked" | "expired", string> =
  {
    submit: "",
    read: "",
    run: "",
    admin: "",
    other: "",
    revoked: "",
    expired: "",
  };
let cookie = "";

const RED_QUESTION = "红队的机密问题：服务器机房在几楼？";

const channelWish = () => ({
  name: "值班群",
  url: `https://open.feishu.cn/open-apis/bot/v2/hook/${crypto.randomUUID()}`,
  events: ["alert.firing"],
});

/** The only one: a project may have few. */
async function makeChannel(): Promise<string> {
  await env.DB.prepare("DELETE FROM channels").run();
  const made = await ask("/api/channels", { json: channelWish(), headers: bearer(keys.admin) });
  return ((await made.json()) as { channel_id: string }).channel_id;
}

const experimentWish = () => ({ test_set_id: a.testSet, targets: [{ target_id: "tgt_0" }] });

async function makeTestSet(): Promise<string> {
  const json = { name: "回归", items: [{ question: RED_QUESTION }] };
  const made = await ask("/api/test-sets", { json, headers: bearer(keys.run) });
  return ((await made.json()) as { test_set_id: string }).test_set_id;
}

async function freshJob(): Promise<string> {
  return (await scoreOne(keys.run, { ...SAMPLE_ZH, name: crypto.randomUUID() })).job_id;
}

const MATRIX: Record<keyof RoutesByName, Row> = {
  "GET /api/health": open("/api/health"),
  "GET /openapi.json": open("/openapi.json"),
  "GET /openapi-dify.json": open("/openapi-dify.json"),
  "GET /docs": open("/docs"),
  "GET /api/metrics": {
    ...open("/api/metrics"),
    anonymous: 401,
  },

  "POST /api/score": submission("/api/score", 200),
  "POST /api/score/async": submission("/api/score/async", 202),
  "POST /api/score/batch": submission("/api/score/batch", 202),
  "POST /api/import/dify": {
    ...jobMove({
      run: 422,
      prepare: () => ({ method: "POST", path: "/api/import/dify", json: {} }),
    }),
    other: 422,
  },
  "POST /v1/traces": spans("/v1/traces"),
  "POST /v1/metrics": spans("/v1/metrics"),
  "POST /v1/logs": spans("/v1/logs"),
  // The key alone decides the project, whatever the address says.
  "POST /v1/p/:project/v1/traces": { ...spans("/v1/p/red/v1/traces"), other: 403 },
  "GET /api/traces": readOnly(() => "/api/traces"),
  "GET /api/score/jobs/:id/events": {
    ...readOnly(() => `/api/score/jobs/${a.job}/events`),
    submit: 404,
    other: 404,
  },
  // Nobody asks for a socket here: who may have one is told so, the others are refused as ever.
  "GET /api/score/jobs/:id/live": {
    ...readOnly(() => `/api/score/jobs/${a.job}/live`, 426),
    submit: 404,
    other: 426,
  },
  "GET /api/score/jobs/:id/bad-rows": {
    ...readOnly(() => `/api/score/jobs/${a.job}/bad-rows`),
    submit: 404,
    other: 404,
  },
  "GET /api/score/jobs/:id/deliveries": {
    ...readOnly(() => `/api/score/jobs/${a.job}/deliveries`),
    submit: 404,
    other: 404,
  },
  "POST /api/score/jobs/:id/deliveries/:delivery_id/redeliver": jobMove({
    run: 404,
    prepare: () => ({
      method: "POST",
      path: `/api/score/jobs/${a.job}/deliveries/none/redeliver`,
    }),
  }),
  "GET /api/score/sessions/:session_id": readOnly(() => "/api/score/sessions/none", 404),
  "GET /api/score/jobs": { ...readOnly(() => "/api/score/jobs"), submit: 200 },
  "GET /api/score/jobs/:id": {
    ...readOnly(() => `/api/score/jobs/${a.job}`),
    submit: 404,
    other: 404,
  },
  "DELETE /api/score/jobs/:id": jobMove({
    run: 204,
    prepare: async () => ({ method: "DELETE", path: `/api/score/jobs/${await freshJob()}` }),
  }),
  "POST /api/score/jobs/:id/cancel": jobMove({
    run: 409,
    prepare: () => ({ method: "POST", path: `/api/score/jobs/${a.job}/cancel` }),
  }),
  "POST /api/score/jobs/:id/retry": jobMove({
    run: 409,
    prepare: () => ({ method: "POST", path: `/api/score/jobs/${a.job}/retry` }),
  }),

  "GET /api/export": readOnly(() => "/api/export"),
  "GET /api/runs": readOnly(() => "/api/runs"),
  "GET /api/runs/:run_id": ofOneRun(() => `/api/runs/${a.run}`),
  "GET /api/runs/:run_id/samples": ofOneRun(() => `/api/runs/${a.run}/samples`),
  "GET /api/runs/:run_id/points": ofOneRun(
    () => `/api/runs/${a.run}/points?x=faithfulness&y=context_recall`,
  ),
  "GET /api/runs/:run_id/samples/:sample_id": ofOneRun(() => `/api/runs/${a.run}/samples/1`),
  "GET /api/runs/:run_id/artifacts/:name": ofOneRun(
    () => `/api/runs/${a.run}/artifacts/evidence.jsonl`,
  ),
  "GET /api/runs/:run_id/report.html": ofOneRun(() => `/api/runs/${a.run}/report.html`),
  "GET /api/runs/:run_id/share": jobMove({
    run: 200,
    bareCookie: 200,
    prepare: () => ({ path: `/api/runs/${a.run}/share` }),
  }),
  "POST /api/runs/:run_id/share": jobMove({
    run: 201,
    prepare: () => ({ path: `/api/runs/${a.run}/share`, json: {} }),
  }),
  "DELETE /api/runs/:run_id/share/:share_id": jobMove({
    run: 204,
    prepare: async () => ({
      method: "DELETE",
      path: `/api/runs/${a.run}/share/${(await shareRun(keys.run, a.run)).share_id}`,
    }),
  }),

  "GET /api/runs/compare": {
    ...readOnly(() => `/api/runs/compare?base=${a.run}&other=${a.otherRun}`),
    other: 404,
  },
  "GET /api/reviews": readOnly(() => "/api/reviews"),
  "GET /api/runs/matrix": {
    ...readOnly(() => `/api/runs/matrix?base=${a.run}&other=${a.otherRun}`),
    other: 404,
  },
  "GET /api/runs/:run_id/samples/:sample_id/reviews": {
    ...readOnly(() => `/api/runs/${a.run}/samples/1/reviews`),
    other: 404,
  },
  "PUT /api/runs/:run_id/samples/:sample_id/reviews": jobMove({
    run: 200,
    prepare: () => ({
      method: "PUT",
      path: `/api/runs/${a.run}/samples/1/reviews`,
      json: { opinion: "unsure" },
    }),
  }),
  "POST /api/runs/:run_id/rescore": jobMove({
    run: 200,
    prepare: () => ({ path: `/api/runs/${a.run}/rescore`, json: {} }),
  }),
  "GET /api/trends": readOnly(() => "/api/trends?metric=faithfulness"),
  "GET /api/alerts": readOnly(() => "/api/alerts"),
  "POST /api/alerts": {
    ...jobMove({
      run: 201,
      prepare: () => ({ path: "/api/alerts", json: { metric: "faithfulness", threshold: 0.5 } }),
    }),
    other: 201,
  },
  "DELETE /api/alerts/:alert_id": jobMove({
    run: 204,
    prepare: async () => {
      const made = await ask("/api/alerts", {
        json: { metric: "faithfulness", threshold: 0.5 },
        headers: bearer(keys.run),
      });
      const { alert_id } = (await made.json()) as { alert_id: string };
      return { method: "DELETE", path: `/api/alerts/${alert_id}` };
    },
  }),
  "GET /api/channels": adminOnly({ admin: 200, prepare: () => ({ path: "/api/channels" }) }),
  "POST /api/channels": adminOnly({
    admin: 201,
    bareCookie: 403,
    prepare: async () => {
      await makeChannel();
      return { path: "/api/channels", json: channelWish() };
    },
  }),
  "PATCH /api/channels/:channel_id": adminOnly({
    admin: 200,
    other: 404,
    bareCookie: 403,
    prepare: async () => ({
      method: "PATCH",
      path: `/api/channels/${await makeChannel()}`,
      json: { name: "夜班群" },
    }),
  }),
  "DELETE /api/channels/:channel_id": adminOnly({
    admin: 204,
    other: 404,
    bareCookie: 403,
    prepare: async () => ({ method: "DELETE", path: `/api/channels/${await makeChannel()}` }),
  }),
  // One that is there would be written to.
  "POST /api/channels/:channel_id/test": adminOnly({
    admin: 404,
    other: 404,
    bareCookie: 403,
    prepare: () => ({ method: "POST", path: "/api/channels/chn_0/test" }),
  }),
  "GET /api/channels/:channel_id/deliveries": adminOnly({
    admin: 200,
    other: 404,
    prepare: async () => ({ path: `/api/channels/${await makeChannel()}/deliveries` }),
  }),
  "GET /api/test-sets": readOnly(() => "/api/test-sets"),
  "POST /api/test-sets": {
    ...jobMove({ run: 201, prepare: () => ({ path: "/api/test-sets", json: { name: "回归" } }) }),
    other: 201,
  },
  "GET /api/test-sets/:test_set_id": {
    ...readOnly(() => `/api/test-sets/${a.testSet}`),
    other: 404,
  },
  "PATCH /api/test-sets/:test_set_id": jobMove({
    run: 200,
    prepare: () => ({
      method: "PATCH",
      path: `/api/test-sets/${a.testSet}`,
      json: { name: "新名字" },
    }),
  }),
  "DELETE /api/test-sets/:test_set_id": jobMove({
    run: 204,
    prepare: async () => ({
      method: "DELETE",
      path: `/api/test-sets/${await makeTestSet()}`,
    }),
  }),
  "GET /api/test-sets/:test_set_id/items": {
    ...readOnly(() => `/api/test-sets/${a.testSet}/items`),
    other: 404,
  },
  "PATCH /api/test-sets/:test_set_id/items": jobMove({
    run: 200,
    prepare: () => ({
      method: "PATCH",
      path: `/api/test-sets/${a.testSet}/items`,
      json: { put: [{ question: RED_QUESTION }] },
    }),
  }),
  "POST /api/test-sets/:test_set_id/import": jobMove({
    run: 200,
    prepare: () => ({
      path: `/api/test-sets/${a.testSet}/import`,
      body: JSON.stringify({ question: RED_QUESTION }),
      headers: { "Content-Type": "application/x-ndjson" },
    }),
  }),
  "POST /api/test-sets/:test_set_id/annotations": jobMove({
    run: 404,
    prepare: () => ({
      path: `/api/test-sets/${a.testSet}/annotations`,
      json: { target_id: "tgt_0" },
    }),
  }),
  "POST /api/test-sets/:test_set_id/samples": jobMove({
    run: 200,
    prepare: () => ({
      path: `/api/test-sets/${a.testSet}/samples`,
      json: { run_id: a.run, sample_id: "1" },
    }),
  }),
  "GET /api/test-sets/:test_set_id/export": {
    ...readOnly(() => `/api/test-sets/${a.testSet}/export`),
    other: 404,
  },
  "GET /api/schedules": readOnly(() => "/api/schedules"),
  "POST /api/schedules": jobMove({
    run: 404,
    prepare: () => ({
      path: "/api/schedules",
      json: { name: "每晚", experiment: experimentWish() },
    }),
  }),
  "PATCH /api/schedules/:schedule_id": jobMove({
    run: 404,
    prepare: () => ({ method: "PATCH", path: "/api/schedules/sch_0", json: { name: "x" } }),
  }),
  "DELETE /api/schedules/:schedule_id": jobMove({
    run: 404,
    prepare: () => ({ method: "DELETE", path: "/api/schedules/sch_0" }),
  }),
  "GET /api/targets": readOnly(() => "/api/targets"),
  // The place is looked at before anything goes out.
  "POST /api/targets": adminOnly({
    admin: 422,
    bareCookie: 403,
    prepare: () => ({
      path: "/api/targets",
      json: { name: "应用", kind: "dify", base_url: "https://10.0.0.1/v1", api_key: "app-1" },
    }),
  }),
  "PATCH /api/targets/:target_id": adminOnly({
    admin: 404,
    other: 404,
    bareCookie: 403,
    prepare: () => ({ method: "PATCH", path: "/api/targets/tgt_0", json: { name: "x" } }),
  }),
  "DELETE /api/targets/:target_id": adminOnly({
    admin: 404,
    other: 404,
    bareCookie: 403,
    prepare: () => ({ method: "DELETE", path: "/api/targets/tgt_0" }),
  }),
  "POST /api/targets/:target_id/ask": jobMove({
    run: 404,
    prepare: () => ({ path: "/api/targets/tgt_0/ask", json: { question: "?" } }),
  }),
  "POST /api/experiments/estimate": jobMove({
    run: 404,
    prepare: () => ({ path: "/api/experiments/estimate", json: experimentWish() }),
  }),
  "POST /api/experiments": jobMove({
    run: 404,
    prepare: () => ({ path: "/api/experiments", json: experimentWish() }),
  }),
  "GET /api/experiments": readOnly(() => "/api/experiments"),
  "GET /api/experiments/:experiment_id": readOnly(() => "/api/experiments/exp_0", 404),
  "GET /api/experiments/:experiment_id/runs/:id/asks": readOnly(
    () => "/api/experiments/exp_0/runs/job_0/asks",
    404,
  ),
  "POST /api/experiments/:experiment_id/cancel": jobMove({
    run: 404,
    prepare: () => ({ method: "POST", path: "/api/experiments/exp_0/cancel" }),
  }),
  "POST /api/gate": jobMove({
    run: 200,
    prepare: () => ({
      path: "/api/gate",
      json: { run_id: a.run, rules: { faithfulness: ">= 0.5" } },
    }),
  }),

  "GET /api/session": { ...open("/api/session"), anonymous: 401, share: 403 },
  "POST /api/session": {
    ...open("/api/session"),
    ...{ submit: 401, read: 401, run: 401, admin: 401, other: 401, share: 401 },
    ...{ bareCookie: 401, anonymous: 401 },
    prepare: () => ({ path: "/api/session", json: { key: "wrong" } }),
  },
  "DELETE /api/session": {
    ...open("/api/session", 204),
    ...{ anonymous: 401, share: 403, bareCookie: 403 },
    prepare: () => ({ method: "DELETE", path: "/api/session" }),
  },
  "GET /api/keys": adminOnly({ admin: 200, prepare: () => ({ path: "/api/keys" }) }),
  "POST /api/keys": adminOnly({
    admin: 201,
    bareCookie: 403,
    prepare: () => ({ path: "/api/keys", json: { name: "another", role: "read" } }),
  }),
  "PATCH /api/keys/:key_id": adminOnly({
    admin: 200,
    other: 404,
    bareCookie: 403,
    prepare: () => ({ method: "PATCH", path: `/api/keys/${a.keyId}`, json: { name: "新名字" } }),
  }),
  "DELETE /api/keys/:key_id": adminOnly({
    admin: 204,
    other: 404,
    bareCookie: 403,
    prepare: async () => ({
      method: "DELETE",
      path: `/api/keys/${(await createKey("red", "read")).key_id}`,
    }),
  }),
  "GET /api/projects": adminOnly({ admin: 200, prepare: () => ({ path: "/api/projects" }) }),
  "POST /api/projects": adminOnly({
    admin: 403,
    prepare: () => ({ path: "/api/projects", json: { project: "green", name: "Green" } }),
  }),
  "PATCH /api/projects/:project": adminOnly({
    admin: 200,
    other: 404,
    bareCookie: 403,
    prepare: () => ({ method: "PATCH", path: "/api/projects/red", json: { name: "红" } }),
  }),
  "POST /mcp": {
    ...jobMove({
      run: 200,
      prepare: () => ({
        path: "/mcp",
        json: { jsonrpc: "2.0", id: 1, method: "tools/list" },
        headers: { Accept: "application/json, text/event-stream" },
      }),
    }),
    other: 200,
  },
  "GET /api/audit": adminOnly({ admin: 200, prepare: () => ({ path: "/api/audit" }) }),
  "GET /api/judges": readOnly(() => "/api/judges"),
  "POST /api/judge/test": adminOnly({
    admin: 200,
    bareCookie: 403,
    prepare: () => ({ path: "/api/judge/test", json: {} }),
  }),
  "POST /api/judge/measure": adminOnly({
    admin: 200,
    bareCookie: 403,
    prepare: () => ({ path: "/api/judge/measure", json: { judge: "offline", from: 440 } }),
  }),
  "POST /api/webhooks/test": adminOnly({
    admin: 422,
    bareCookie: 403,
    prepare: () => ({ path: "/api/webhooks/test", json: { url: "https://10.0.0.1/" } }),
  }),
};

/** Health, and what describes the API without knowing anything of its users. */
const ALWAYS_ANSWERED = new Set([
  "GET /api/health",
  "GET /openapi.json",
  "GET /openapi-dify.json",
  "GET /docs",
]);

const registered = createApp(() => {
  throw new Error("only the table of routes is read here");
})
  .routes.filter(({ method, path }) => !(method === "ALL" && path.endsWith("*")))
  .map(({ method, path }) => `${method} ${path}`);

beforeAll(async () => {
  await createProject("red");
  await createProject("blue");
  for (const role of ["submit", "read", "run", "admin"] as const) {
    keys[role] = (await createKey("red", role)).key;
  }
  keys.other = (await createKey("blue", "admin")).key;
  const revoked = await createKey("red", "admin");
  keys.revoked = revoked.key;
  await ask(`/api/keys/${revoked.key_id}`, { method: "DELETE", headers: bearer(keys.admin) });
  const expired = await createKey("red", "admin");
  keys.expired = expired.key;
  await env.DB.prepare("UPDATE access_keys SET expires_at = 1 WHERE id = ?1")
    .bind(expired.key_id)
    .run();
  const scored = await scoreOne(keys.run, { ...SAMPLE_ZH, question: RED_QUESTION });
  Object.assign(a, { job: scored.job_id, run: scored.run_id, keyId: revoked.key_id });
  a.otherRun = (await scoreOne(keys.run, SAMPLE_EN)).run_id;
  a.testSet = await makeTestSet();
  const share = await shareRun(keys.run, a.run);
  Object.assign(a, { share: share.share_id, shareToken: share.token });
  cookie = await signIn(keys.admin);
});

afterAll(waitForQuiet);

async function statusOf(row: Row, headers: Record<string, string>, vars = {}): Promise<number> {
  const { path, ...question } = await row.prepare();
  const answer = await ask(path, {
    ...question,
    headers: { ...question.headers, ...headers },
    vars,
  });
  await answer.text();
  return answer.status;
}

describe("every route of the product", () => {
  it("has a line in this matrix, and the app has no others", () => {
    expect(registered.sort()).toEqual(Object.keys(MATRIX).sort());
  });
});

describe.each(Object.entries(MATRIX))("%s", (route, row) => {
  const anonymous = row.anonymous ?? 401;

  it.each([
    ["no key", () => ({})],
    ["a wrong key", () => bearer("wrong")],
    ["a key of the right form that nobody has", () => bearer(`ts_red_${"a".repeat(40)}`)],
    ["the right prefix with a wrong end", () => bearer(`${keys.admin.slice(0, -1)}~`)],
    ["a revoked key", () => bearer(keys.revoked)],
    ["a key that has run out", () => bearer(keys.expired)],
    ["an empty bearer", () => ({ Authorization: "Bearer " })],
    ["a forged cookie", () => ({ Cookie: "__Host-touchstone_session=e30.e30.e30" })],
    ["a forged Access token", () => ({ "Cf-Access-Jwt-Assertion": "e30.e30.e30" })],
    ["the key in the wrong header", () => ({ "X-Key": keys.admin })],
  ])("%s", async (_name, headers) => {
    expect(await statusOf(row, headers())).toBe(anonymous);
  });

  it.each(["submit", "read", "run", "admin"] as const)("a key with the role %s", async (role) => {
    expect(await statusOf(row, bearer(keys[role]))).toBe(row[role]);
  });

  it("an admin key of another project, which learns nothing", async () => {
    const { path, ...question } = await row.prepare();
    const answer = await ask(path, {
      ...question,
      headers: { ...question.headers, ...bearer(keys.other) },
    });
    expect(answer.status).toBe(row.other);
    const text = await answer.text();
    // A refusal repeats the id it was asked for, which is nothing new to who asked.
    for (const secret of [a.keyId, a.share, a.run, a.otherRun, a.job, RED_QUESTION]) {
      const isAsked = path.includes(secret) || JSON.stringify(question).includes(secret);
      if (!isAsked) expect(text).not.toContain(secret);
    }
    const asked = await ask(path, {
      ...question,
      headers: { ...question.headers, ...bearer(keys.other), "X-Project": "red" },
    });
    expect(asked.status).toBe(anonymous === 401 && route !== "POST /api/session" ? 403 : anonymous);
    await asked.text();
  });

  it("a share link of one run", async () => {
    expect(await statusOf(row, { "X-Share-Token": a.shareToken })).toBe(
      row.share === 403 ? anonymous : row.share,
    );
  });

  it("a cookie, without and with the proof that our page asks", async () => {
    expect(await statusOf(row, { Cookie: cookie })).toBe(row.bareCookie);
    const foreign = {
      Cookie: cookie,
      "X-Requested-With": "touchstone",
      Origin: "https://evil.test",
    };
    expect(await statusOf(row, foreign)).toBe(route === "POST /api/session" ? 403 : row.bareCookie);
    if (route === "DELETE /api/session") return;
    expect(await statusOf(row, { Cookie: cookie, ...FROM_OUR_PAGE })).toBe(row.admin);
  });

  it("nobody, while no key is configured", async () => {
    await env.DB.prepare("UPDATE access_keys SET revoked_at = -1 WHERE revoked_at IS NULL").run();
    try {
      const path = route.replace(/^\S+ /, "").replace(/:\w+/g, "x");
      const answer = await ask(path, {
        method: route.split(" ")[0] ?? "GET",
        vars: { ADMIN_KEY: undefined },
        headers: { ...bearer(ADMIN_KEY), Cookie: cookie, "X-Share-Token": a.shareToken },
      });
      expect(answer.status).toBe(ALWAYS_ANSWERED.has(route) ? 200 : 503);
    } finally {
      await env.DB.prepare("UPDATE access_keys SET revoked_at = NULL WHERE revoked_at = -1").run();
    }
  });
});

describe("what is no route", () => {
  it("asks for a key all the same, whatever the method", async () => {
    for (const method of ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST"]) {
      for (const path of [
        "/api/runs",
        "/api/keys",
        "/api//runs",
        "/API/runs",
        "/api/runs/",
        "/mcp",
      ]) {
        expect((await ask(path, { method })).status, `${method} ${path}`).toBe(401);
      }
    }
    expect((await ask("/api/nothing", { headers: bearer(keys.submit) })).status).toBe(404);
  });

  it("a route that is served without being declared opens to deployment admins only", () => {
    expect(policyOf("GET /api/forgotten").need).toBe("deployment");
    expect(policyOf("GET /api/files/*").need).toBe("deployment");
  });
});

describe("what a share link opens", () => {
  it("its own run only, by header or by query", async () => {
    const token = { "X-Share-Token": a.shareToken };
    expect((await ask(`/api/runs/${a.run}?share=${a.shareToken}`)).status).toBe(200);
    expect((await ask(`/api/runs/${a.otherRun}`, { headers: token })).status).toBe(403);
    const escaped = a.otherRun.replace("r", "%72");
    expect((await ask(`/api/runs/${escaped}`, { headers: token })).status).toBe(403);
    expect((await ask(`/api/runs/${a.run}/../${a.otherRun}`, { headers: token })).status).toBe(403);
  });

  it("nothing once it is withdrawn, run out, or changed by a letter", async () => {
    const share = await shareRun(keys.run, a.run);
    const read = (token: string) =>
      ask(`/api/runs/${a.run}`, { headers: { "X-Share-Token": token } });
    expect((await read(share.token)).status).toBe(200);
    expect((await read(`${share.token.slice(0, -2)}AA`)).status).toBe(401);
    await env.DB.prepare("UPDATE share_links SET expires_at = 1 WHERE id = ?1")
      .bind(share.share_id)
      .run();
    expect((await read(share.token)).status).toBe(401);
    const another = await shareRun(keys.run, a.run);
    await ask(`/api/runs/${a.run}/share/${another.share_id}`, {
      method: "DELETE",
      headers: bearer(keys.run),
    });
    expect((await read(another.token)).status).toBe(401);
  });
});

describe("the role submit", () => {
  it("reads the jobs it made, and no others", async () => {
    const headers = bearer(keys.submit);
    const mine = await scoreOne(keys.submit);
    expect((await ask(`/api/score/jobs/${mine.job_id}`, { headers })).status).toBe(200);
    expect((await ask(`/api/score/jobs/${a.job}`, { headers })).status).toBe(404);
    expect((await ask(`/api/runs/${mine.run_id}`, { headers })).status).toBe(403);
    const { jobs } = (await (await ask("/api/score/jobs?limit=100", { headers })).json()) as {
      jobs: { job_id: string }[];
    };
    expect(jobs.map((job) => job.job_id)).toContain(mine.job_id);
    expect(jobs.map((job) => job.job_id)).not.toContain(a.job);
  });
});

describe("?key=", () => {
  it("opens what cannot carry a header, and nothing else", async () => {
    const key = keys.admin;
    expect((await ask(`/api/runs/${a.run}/artifacts/scores.csv?key=${key}`)).status).toBe(200);
    expect((await ask(`/api/score/jobs/${a.job}?key=Bearer%20${key}`)).status).toBe(200);
    expect((await ask(`/api/keys?key=${key}`)).status).toBe(401);
    expect((await ask(`/api/audit?key=${key}`)).status).toBe(401);
  });

  it("does not come back in the Link header", async () => {
    const answer = await ask(`/api/score/jobs?limit=1&key=${keys.admin}`);
    expect(answer.headers.get("Link")).toContain("cursor=");
    expect(answer.headers.get("Link")).not.toContain(keys.admin);
  });
});

import { DEMO_SAMPLES } from "../../../src/cli/demo-samples.ts";
import type { Experiment, StartedExperiment } from "../../../src/contract/experiment.ts";
import type { Job } from "../../../src/contract/job.ts";
import type { Session } from "../../../src/contract/session.ts";
import type { ConnectedTarget } from "../../../src/contract/target.ts";
import type { TestSet } from "../../../src/contract/test-set.ts";
import { demoRows } from "../../../src/demo-rows.ts";
import { appAddress, startFakeApps } from "../../fakes/apps.ts";
import { pause } from "../server.ts";
import { scoreBatch, scoreSample } from "./score.ts";

/** Of a Worker that keeps secrets: of apps, of channels. */
export const KEEPS_SECRETS = {
  ACCESS_MODE: "open",
  SECRETS_KEY: "dGhlIGtleSBvZiB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=",
};

/** What a team has after a few weeks, so that every page has something real to show. */
export interface Seeded {
  /** Samples that came alone. */
  singles: Job[];
  before: Job;
  after: Job;
  /** Run of a conversation. */
  sessionRunId: string;
  testSetId: string;
  /** Compared with an earlier one that was better. */
  experimentId: string;
  close: () => Promise<void>;
}

interface Texts {
  question: string;
  answer: string;
  contexts: readonly string[];
}

const WITHIN_MS = 60_000;
const SESSION = "客服会话 support-0412";
const TURNS = [
  ["你好", "你好！我是星泉商城的客服，请问有什么可以帮您？"],
  ["退货要在几天之内？", "签收后7天内可以申请退货。"],
  ["Is the watch waterproof?", "It resists water to 50 metres; swimming is fine, diving is not."],
  ["好的，谢谢", "不客气，祝您购物愉快！"],
] as const;
const PASSAGES = [
  "商品签收后30天内可以申请退货，须保留原包装。",
  "The watch is water resistant to 50 metres: swimming is fine, diving is not.",
];
const ITEMS = [
  ["年假有几天？", "五天。", "假期"],
  ["病假怎么请？", "五天。", "假期"],
  ["How many days of parental leave are there?", "五天。", "假期"],
  ["报销要多久到账？", "五天。", "财务"],
  ["When is the invoice sent?", "五天。", "财务"],
  ["试用期多长？", "五天。", "入职"],
] as const;

/** With a token every name, question, answer and passage ends in it, as far as it fits. */
export async function seed(origin: string, token = ""): Promise<Seeded> {
  const named = (name: string, most = 100) => `${name}${token}`.slice(0, most);
  const texts = ({ question, answer, contexts }: Texts) => ({
    ...{ question: `${question}${token}`, answer: `${answer}${token}` },
    contexts: contexts.map((context) => `${context}${token}`),
  });
  const rows = (moment: "before" | "after") =>
    demoRows(moment).map((row) => ({ ...row, ...texts(row) }));
  const post = <T>(path: string, body: object, method = "POST") =>
    call<T>(`${origin}${path}`, body, method);
  const apps = await startFakeApps();
  const singles = await Promise.all(
    DEMO_SAMPLES.map((sample) =>
      scoreSample(origin, {
        ...{ ...texts(sample), name: named(`demo ${sample.id}`, 200) },
        ...{ ground_truth: sample.groundTruth, tags: { source: named("demo", 60) } },
      }),
    ),
  );
  const before = await scoreBatch(origin, named("before", 200), rows("before"));
  const after = await scoreBatch(origin, named("after", 200), rows("after"));
  const session = named(SESSION, 200);
  for (const [question, answer] of TURNS)
    await scoreSample(origin, { session_id: session, question, answer, contexts: PASSAGES });
  await post("/api/channels", {
    ...{ name: named("客服群 support"), events: ["alert.firing", "job.failed"], kind: "feishu" },
    url: `${apps.url}/hook`,
  });
  await post("/api/alerts", {
    metric: "faithfulness",
    threshold: 0.9,
    tag: `source=${named("demo", 60)}`,
  });
  const { test_set_id: testSetId } = await post<TestSet>("/api/test-sets", {
    name: named("人事制度 HR handbook"),
    items: ITEMS.map(([question, ground_truth, topic]) => ({
      ...{ question: `${question}${token}`, ground_truth, tags: { topic: named(topic, 60) } },
    })),
  });
  const setUpApp = (more: object) =>
    call(`${apps.url}/_apps/hr`, { kind: "dify", key: "app-hr", ...more }, "PUT");
  await setUpApp({ mode: "advanced-chat" });
  const { target_id } = await post<ConnectedTarget>("/api/targets", {
    ...{ name: named("HR assistant 人事助手"), kind: "dify", api_key: "app-hr" },
    base_url: appAddress(apps.url, "dify", "hr"),
  });
  const wish = { test_set_id: testSetId, targets: [{ target_id }] };
  const run = async (name: string) =>
    experimentEnded(
      origin,
      (await post<StartedExperiment>("/api/experiments", { ...wish, name: named(name) }))
        .experiment_id,
    );
  await run("top_k 5");
  await setUpApp({ answers: { 年假: "十天。", 病假: "需要两周。", parental: "Ten days." } });
  const { experiment_id: experimentId } = await run("top_k 2");
  await post("/api/schedules", { name: named("每晚 nightly"), experiment: wish });
  await post(
    `/api/runs/${before.run_id}/samples/${encodeURIComponent(demoRows("before")[0]?.id ?? "")}/reviews`,
    { claim_id: "a1", opinion: "agree" },
    "PUT",
  );
  return {
    ...{ singles, before, after, testSetId, experimentId },
    sessionRunId: await runOfSession(origin, session),
    close: apps.close,
  };
}

async function experimentEnded(origin: string, id: string): Promise<Experiment> {
  return until(async () => {
    const experiment = await call<Experiment>(`${origin}/api/experiments/${id}`);
    return experiment.status === "ended" && experiment.result !== null ? experiment : null;
  });
}

async function runOfSession(origin: string, session: string): Promise<string> {
  const path = `/api/score/sessions/${encodeURIComponent(session)}`;
  return until(async () => {
    const { run_id } = await call<Session>(`${origin}${path}`);
    const report = await fetch(`${origin}/api/runs/${run_id}`);
    if (!report.ok) return null;
    const { run } = (await report.json()) as { run: { total_samples: number } };
    return run.total_samples === TURNS.length ? run_id : null;
  });
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== null) return seen;
    await pause(200);
  }
  throw new Error("what was sown did not grow in time");
}

async function call<T>(url: string, body?: object, method = body ? "POST" : "GET"): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

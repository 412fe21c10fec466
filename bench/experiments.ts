import { parseArgs } from "node:util";
import type { AskList, Experiment, StartedExperiment } from "../src/contract/experiment.ts";
import { pause, type RunningServer, startServer } from "../test/e2e/server.ts";
import { APP_CASES, APP_OPTIONS } from "../test/fakes/app-cases.ts";
import { appAddress, startFakeApps } from "../test/fakes/apps.ts";
import { type AppKind, type AppLog, type AppSetup, passagesFor } from "../test/fakes/fake-app.ts";
import { atLeast, atMost, type Figure } from "./figures.ts";
import { round } from "./numbers.ts";

const ITEMS = 300;
const KILLS = 12;
const APP_MS = 300;
const WITHIN_MS = 20 * 60_000;
/** Asks under way at once, and how many good answers add one. */
const SLOTS = { first: 2, most: 5, growAfter: 10 };

/**
 * Experiments under `npm start`: how near 300 questions to an app of 0.3 s come to what its concurrency allows; and every
 * kind of app with every trouble, 300 items each, all at once, while the server is killed twelve times.
 * `--part speed` or `--part kills`: only that one.
 */
export async function benchExperiments(args: string[] = []): Promise<Record<string, unknown>> {
  const { values } = parseArgs({ args, options: { part: { type: "string" } }, strict: false });
  const apps = await startFakeApps();
  const hosts = new URL(apps.url).host;
  const server = await startServer({ JUDGE: "offline", TARGET_HOSTS: hosts });
  try {
    const speed = values.part === "kills" ? null : await measureSpeed(server, apps.url);
    if (speed) console.table([speed]);
    const runs = values.part === "speed" ? [] : await killMeanwhile(server, apps.url);
    if (runs.length > 0) console.table(runs);
    const figures = [...figuresOfSpeed(speed), ...figuresOfRuns(runs)];
    console.table(figures);
    return { figures, speed, runs };
  } finally {
    await server.close();
    await apps.close();
  }
}

function figuresOfSpeed(speed: { share: number } | null): Figure[] {
  if (speed === null) return [];
  return [atLeast("share of the speed that the app's concurrency allows", speed.share, 0.9)];
}

function figuresOfRuns(runs: readonly KilledRun[]): Figure[] {
  if (runs.length === 0) return [];
  const sum = (name: "untyped" | "asked_twice" | "torn" | "unlike") =>
    runs.reduce((total, run) => total + run[name], 0);
  return [
    atMost("items without a typed outcome", sum("untyped"), 0),
    atMost("items asked twice, at the app", sum("asked_twice"), 0),
    atMost("answered items whose passages are not those of the app", sum("torn"), 0),
    atMost("items whose outcome is not that of their trouble", sum("unlike"), 0),
  ];
}

async function measureSpeed(server: RunningServer, appsUrl: string) {
  const app = await connect(server, appsUrl, "fast", { kind: "openai", delayMs: APP_MS });
  const set = await createSet(
    server,
    Array.from({ length: ITEMS }, (_, n) => plainItem(n)),
  );
  const startedAt = Date.now();
  const { experiment_id } = await startExperiment(server, set, [app.target]);
  await until(async () => (await readApp(appsUrl, app.id)).worked.length >= ITEMS);
  const seconds = (Date.now() - startedAt) / 1000;
  await untilEnded(server, experiment_id);
  return { items: ITEMS, seconds: round(seconds), share: round(bestSeconds() / seconds) };
}

/** An app that is asked by as many at once as it bears: two, and one more after each ten answers. */
function bestSeconds(): number {
  let left = ITEMS;
  let seconds = 0;
  for (let slots = SLOTS.first; slots < SLOTS.most; slots++) {
    seconds += (SLOTS.growAfter / slots) * (APP_MS / 1000);
    left -= SLOTS.growAfter;
  }
  return seconds + (left / SLOTS.most) * (APP_MS / 1000);
}

/** A look-up finds the words of an answer: neither who wrote them, nor why there are none. */
const UNTOLD = ["paused", "empty"];

interface KilledRun {
  app: string;
  items: number;
  outcomes: string;
  untyped: number;
  asked_twice: number;
  torn: number;
  /** Answered, and the app did not say what it read: Dify tells that of a workflow in its stream only. */
  without_passages: number;
  unlike: number;
}

async function killMeanwhile(server: RunningServer, appsUrl: string): Promise<KilledRun[]> {
  const cases = APP_CASES.map(([kind, mode, outcomes]) => ({
    kind,
    mode,
    outcomes: outcomes as Readonly<Record<string, string>>,
    id: `${kind}-${mode ?? "plain"}`,
  }));
  const begun = [];
  for (const { kind, mode, outcomes, id } of cases) {
    const troubles = Object.fromEntries(Object.keys(outcomes).map((name) => [`<${name}>`, name]));
    const setup = { kind, delayMs: APP_MS, ...(mode ? { mode } : {}), troubles } as AppSetup;
    const { target } = await connect(server, appsUrl, id, setup);
    const set = await createSet(server, troubledItems(Object.keys(outcomes)));
    begun.push({ id, target, set });
  }
  const started: StartedExperiment[] = [];
  for (const { target, set } of begun) started.push(await startExperiment(server, set, [target]));
  const all = ITEMS * cases.length;
  for (let kill = 1; kill <= KILLS; kill++) {
    await until(async () => (await workedOn(appsUrl, cases)) >= (all * kill * 0.9) / KILLS);
    await server.kill();
    await server.restart();
    await fetch(`${server.origin}/api/score/jobs?limit=1`);
    console.log(`killed ${kill} of ${KILLS} times`);
  }
  const runs: KilledRun[] = [];
  for (const [at, one] of cases.entries()) {
    const begin = started[at];
    if (begin === undefined) throw new Error(`${one.id} did not start`);
    runs.push(await judgeRun(server, appsUrl, one, begin));
  }
  return runs;
}

async function judgeRun(
  server: RunningServer,
  appsUrl: string,
  { id, kind, mode, outcomes }: Case,
  { experiment_id, runs: [begun] }: StartedExperiment,
): Promise<KilledRun> {
  const ended = await untilEnded(server, experiment_id);
  const path = `/api/experiments/${experiment_id}/runs/${begun?.job_id}/asks`;
  const { asks } = await get<AskList>(server, path);
  const counts = ended.runs[0]?.outcomes ?? {};
  const questions = (await readApp(appsUrl, id)).worked.map(({ question }) => question);
  const canLookUp = kind === "dify" && mode !== "completion";
  const unlike = asks.filter(({ item_id, outcome }) => {
    const [trouble = ""] = item_id.split(":");
    const wanted = outcomes[trouble] ?? "answered";
    // What was under way when the server died cannot be looked up there.
    if (outcome === "unknown" && (!canLookUp || UNTOLD.includes(trouble))) return false;
    return outcome !== wanted && !(outcome === "answered" && wanted === "canned");
  });
  return {
    app: id,
    items: asks.length,
    outcomes: JSON.stringify(counts),
    untyped: asks.filter(({ outcome }) => outcome === null).length + (ITEMS - asks.length),
    asked_twice: questions.length - new Set(questions).size,
    ...(await comparePassages(server, ended, { kind, mode })),
    unlike: unlike.length,
  };
}

/** Answered items whose passages in the evidence are not, letter by letter, those the app had. */
async function comparePassages(
  server: RunningServer,
  { runs: [run] }: Experiment,
  { kind, mode }: Pick<Case, "kind" | "mode">,
): Promise<{ torn: number; without_passages: number }> {
  const answer = await fetch(`${server.origin}/api/runs/${run?.run_id}/artifacts/evidence.jsonl`);
  const unlike = (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { question: string; passages: { text: string }[] | null })
    .map(({ question, passages }) => ({
      found: (passages ?? []).map(({ text }) => text),
      wanted: mode === "agent" ? [] : passagesFor(question, kind),
    }))
    .filter(({ found, wanted }) => JSON.stringify(found) !== JSON.stringify(wanted));
  const without = unlike.filter(({ found }) => mode === "workflow" && found.length === 0).length;
  return { torn: unlike.length - without, without_passages: without };
}

interface Case {
  id: string;
  kind: AppKind;
  mode: string | undefined;
  outcomes: Readonly<Record<string, string>>;
}

const plainItem = (n: number) => ({
  id: `fine:${n}`,
  question: n % 2 === 0 ? `第 ${n} 类员工的年假有几天？` : `How many days of leave has grade ${n}?`,
  ground_truth: "五天。",
});

/** Every trouble five times, far from each other: five equal errors in a row would stop the run. */
function troubledItems(troubles: readonly string[]): object[] {
  const items: object[] = Array.from({ length: ITEMS }, (_, n) => plainItem(n));
  const step = Math.floor(ITEMS / (5 * troubles.length));
  for (let n = 0; n < 5 * troubles.length; n++) {
    const trouble = troubles[n % troubles.length];
    items[n * step] = { id: `${trouble}:${n}`, question: `年假 leave <${trouble}> ${n}?` };
  }
  return items;
}

async function connect(server: RunningServer, appsUrl: string, id: string, setup: AppSetup) {
  const body = JSON.stringify({ key: "app-secret-7788", ...setup });
  await fetch(`${appsUrl}/_apps/${id}`, { method: "PUT", body });
  const { target_id } = await post<{ target_id: string }>(server, "/api/targets", {
    name: id,
    kind: setup.kind,
    base_url: appAddress(appsUrl, setup.kind, id),
    api_key: "app-secret-7788",
    options: APP_OPTIONS[setup.kind],
  });
  return { id, target: target_id };
}

async function readApp(appsUrl: string, id: string): Promise<AppLog> {
  return (await fetch(`${appsUrl}/_apps/${id}`)).json() as Promise<AppLog>;
}

async function workedOn(appsUrl: string, cases: readonly { id: string }[]): Promise<number> {
  const logs = await Promise.all(cases.map(({ id }) => readApp(appsUrl, id)));
  // An item in ten is refused before it is worked on.
  return logs.reduce((sum, { worked, refused }) => sum + worked.length + refused.length, 0);
}

async function createSet(server: RunningServer, items: readonly object[]): Promise<string> {
  const set = { name: "bench", items };
  return (await post<{ test_set_id: string }>(server, "/api/test-sets", set)).test_set_id;
}

function startExperiment(server: RunningServer, test_set_id: string, targets: readonly string[]) {
  const wish = { test_set_id, targets: targets.map((target_id) => ({ target_id })) };
  return post<StartedExperiment>(server, "/api/experiments", wish);
}

function untilEnded(server: RunningServer, id: string): Promise<Experiment> {
  return until(async () => {
    const experiment = await get<Experiment>(server, `/api/experiments/${id}`);
    return experiment.status === "ended" && experiment;
  });
}

async function until<T>(look: () => Promise<T | false>): Promise<T> {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(100)) {
    const found = await look().catch(() => false as const);
    if (found !== false) return found;
  }
  throw new Error("waited for too long");
}

async function get<T>(server: RunningServer, path: string): Promise<T> {
  return read(await fetch(`${server.origin}${path}`));
}

async function post<T>(server: RunningServer, path: string, json: object): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(json) };
  return read(await fetch(`${server.origin}${path}`, init));
}

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

if (import.meta.main) await benchExperiments();

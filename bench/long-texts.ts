import { readBody } from "../src/intake/read-body.ts";
import { readScoreRequest } from "../src/intake/score-request.ts";
import { toSample } from "../src/intake/to-sample.ts";
import { createOfflineJudge } from "../src/judges/offline/offline-judge.ts";
import { gainOfSample } from "../src/reports/advice/gain.ts";
import { buildReportInSteps } from "../src/reports/report/build-report.ts";
import { partOfEvidence } from "../src/reports/report/part-of-evidence.ts";
import { rescoreInSteps } from "../src/reports/report/rescore-sample.ts";
import type { ReportInput } from "../src/reports/report-input.ts";
import { renderArtifactsInSteps } from "../src/reports/text/artifacts.ts";
import { renderReportHtml } from "../src/reports/text/html/report-html.ts";
import { METRIC_NAMES } from "../src/scoring/metrics/registry.ts";
import { type ScoredSample, scoreSample } from "../src/scoring/score-sample.ts";
import { runWithPauses } from "../src/scoring/steps.ts";
import { atMost, type Figure } from "./figures.ts";
import { SHAPES } from "./long-shapes.ts";
import { round } from "./numbers.ts";

const BODY_BYTES = 2_000_000;
const TIMES = 4;
const REPORT_PARTS = ["report", "files", "page", "rescore", "part"] as const;

interface Measured {
  /** CPU of the thread, seconds, of the dearest request: scoring, the page, scoring again, the detail. */
  seconds: number;
  /** Longest stretch of CPU without a rest, milliseconds, and what it belonged to. */
  holdMs: number;
  heldBy: string;
}

interface Row {
  shape: string;
  seconds: number;
  ratio: number;
  hold_ms: number;
  held_by: string;
}

/**
 * Everything that happens to one body on its way in and out, for bodies made to be hard: what four times the text costs
 * against a quarter of it, how long nobody else is served, and the CPU of the largest body there may be. CPU of the
 * thread alone, so that other work on the machine counts little. `--shape NAME` for one, `--metrics default`.
 */
export async function benchLongTexts(args: readonly string[]): Promise<object> {
  const wanted = optionOf(args, "--shape");
  const metrics = optionOf(args, "--metrics") === "default" ? undefined : METRIC_NAMES;
  const shapes = Object.entries(SHAPES).filter(([name]) => wanted === null || name === wanted);
  // What the compiler does once is no cost of a text.
  for (const [, make] of shapes.slice(0, 3)) await measureBody(make(BODY_BYTES / 100), metrics);
  const rows: Row[] = [];
  for (const [shape, make] of shapes) {
    const quarter = await measureBody(make(BODY_BYTES / TIMES), metrics);
    const whole = await measureBody(make(BODY_BYTES), metrics);
    const row = {
      shape,
      seconds: round(whole.seconds),
      ratio: round(whole.seconds / quarter.seconds),
      hold_ms: Math.round(Math.max(whole.holdMs, quarter.holdMs)),
      held_by: whole.holdMs >= quarter.holdMs ? whole.heldBy : quarter.heldBy,
    };
    console.log(`${shape}: ${row.seconds} s, held ${row.hold_ms} ms by ${row.held_by}`);
    rows.push(row);
  }
  console.table(rows);
  const most = (of: (row: Row) => number) => Math.max(...rows.map(of));
  const figures: Figure[] = [
    atMost(
      "CPU seconds of the hardest 2 MB",
      most(({ seconds }) => seconds),
      6,
    ),
    atMost(
      "longest hold of the event loop, ms",
      most(({ hold_ms }) => hold_ms),
      300,
    ),
    // Linear is 4; below a few hundredths of a second the figure is noise.
    atMost(
      "time at 4 n ÷ time at n",
      most(({ ratio, seconds }) => (seconds < 0.3 ? 0 : ratio)),
      6,
    ),
  ];
  return { rows, figures };
}

async function measureBody(
  body: Record<string, unknown>,
  metrics: readonly string[] | undefined,
): Promise<Measured> {
  const clock = new Clock();
  const json = JSON.stringify(metrics ? { ...body, metrics } : body);
  clock.start();
  const request = new Request("http://bench.invalid/", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: json,
  });
  const read = await readBody(request);
  await clock.rest("body");
  const { request: wish } = readScoreRequest(read);
  await clock.rest("intake");
  const asked = wish.metrics ?? ["faithfulness", "answer_relevancy", "context_recall"];
  const scored = await scoreSample(toSample(wish), {
    id: "1",
    metrics: asked,
    judge: createOfflineJudge(),
    pause: () => clock.rest("score"),
  });
  await clock.rest("score");
  await runWithPauses(gainOfSample(scored.evidence, scored.outcomes), () => clock.rest("gain"));
  await clock.rest("gain");
  const input = toInput(scored, asked);
  const [report, files, page, rescore, part] = REPORT_PARTS;
  const built = await runWithPauses(buildReportInSteps(input), () => clock.rest(report));
  await runWithPauses(renderArtifactsInSteps(input, built), () => clock.rest(files));
  await clock.rest(files);
  renderReportHtml(input, built);
  await clock.rest(page);
  await runWithPauses(rescoreInSteps(scored.evidence, asked, scored.outcomes), () =>
    clock.rest(rescore),
  );
  await clock.rest(rescore);
  JSON.stringify(partOfEvidence(scored.evidence, 500));
  await clock.rest(part);
  return clock.measured;
}

/** Parts that are a request of their own. */
const ALONE: ReadonlySet<string> = new Set(["page", "rescore", "part"]);

/** CPU of this thread between rests. */
class Clock {
  readonly measured: Measured = { seconds: 0, holdMs: 0, heldBy: "" };
  readonly #byRequest = new Map<string, number>();
  #since = 0;

  start(): void {
    this.#since = cpuMs();
  }

  async rest(after: string): Promise<void> {
    const held = cpuMs() - this.#since;
    const request = ALONE.has(after) ? after : "score";
    const seconds = (this.#byRequest.get(request) ?? 0) + held / 1000;
    this.#byRequest.set(request, seconds);
    this.measured.seconds = Math.max(this.measured.seconds, seconds);
    if (held > this.measured.holdMs) Object.assign(this.measured, { holdMs: held, heldBy: after });
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#since = cpuMs();
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function toInput(scored: ScoredSample, metrics: readonly string[]): ReportInput {
  return {
    run: {
      run_id: "run_bench",
      name: null,
      mode: "single",
      judge: "offline",
      judge_model: null,
      embedding_model: null,
      started_at: "2026-01-01T00:00:00.000Z",
      finished_at: "2026-01-01T00:00:01.000Z",
      metrics: [...metrics],
      tags: {},
      session_id: null,
    },
    language: "en",
    versions: {},
    usage: scored.usage,
    samples: [
      {
        sample_id: "1",
        tags: {},
        error: null,
        outcomes: scored.outcomes,
        scores: scored.scores,
        weighted_score: scored.weightedScore,
        evidence: scored.evidence,
      },
    ],
  };
}

function optionOf(args: readonly string[], name: string): string | null {
  const at = args.indexOf(name);
  return at === -1 ? null : (args[at + 1] ?? null);
}

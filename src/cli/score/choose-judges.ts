import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { JudgeChoice } from "../../contract/outcome.ts";
import type { ConsistencyChoice } from "../../contract/score-request.ts";
import { createMemoryStore } from "../../judges/cache/judgement-store.ts";
import { REMOVED_PLAN_WARNING } from "../../judges/chat/settings.ts";
import { createJudgeChooser } from "../../judges/choose-judge.ts";
import type { Judge } from "../../scoring/judge.ts";
import { isRemovedPlan, judgeKindOf, SETTINGS, Settings } from "../../settings.ts";
import { UsageError } from "./usage-error.ts";

export interface Judges {
  /** The judge for a row: the command's choice first, then the row's, then the settings'. */
  choose(
    fromRow: JudgeChoice | null,
    model: string | null,
    embeddingModel: string | null,
    consistency: ConsistencyChoice | null,
  ): Promise<Judge>;
}

/** Settings of the process win over `.dev.vars`, so one run can differ from the server. */
export function readEnvironment(): Record<string, string | undefined> {
  const fromFile = existsSync(".dev.vars") ? parseEnv(readFileSync(".dev.vars", "utf8")) : {};
  return { ...fromFile, ...process.env };
}

/** What of the settings says who judges; a mistake elsewhere is none here. */
const OF_JUDGES =
  /^(JUDGE|JUDGE_.*|OPENAI_.*|DECISION_.*|EMBEDDING_MODEL|REASONING_EFFORT|SPLIT_MODEL|EXTRA_HEADERS|AI_GATEWAY_ID)$/;

const NEEDED = {
  llm: "the llm judge needs OPENAI_API_KEY (and OPENAI_BASE_URL for an endpoint that is not OpenAI's); set it in the environment or in .dev.vars, or use --judge offline.",
  decision:
    "the decision judge needs DECISION_BASE_URL (and DECISION_DIALECT, DECISION_API_KEY, DECISION_MODEL as the endpoint wants them); set it in the environment or in .dev.vars, or use --judge offline.",
};

/** One model judge for all rows of the same models: its slots and its memory are shared. */
export function createJudges(
  asked: JudgeChoice | null,
  environment: Record<string, string | undefined>,
): Judges {
  const names = Object.keys(SETTINGS.shape).filter((name) => OF_JUDGES.test(name));
  const found = Object.fromEntries(names.map((name) => [name, environment[name]]));
  const read = Settings.safeParse(asked === null ? found : { ...found, JUDGE: "auto" });
  if (!read.success) {
    const mistakes = read.error.issues.map(({ path, message }) => [...path, message].join(" "));
    throw new UsageError(mistakes.join(" "));
  }
  if (isRemovedPlan(environment.JUDGE_PLAN)) console.error(REMOVED_PLAN_WARNING);
  const settings = read.data;
  const isOffered = {
    llm: settings.openaiApiKey !== null,
    decision: settings.decision.baseURL !== null,
    offline: true,
  };
  const neverMeasured = async () => false;
  const chooseJudge = createJudgeChooser(settings, {
    store: createMemoryStore(),
    ai: null,
    isBetterMeasured: neverMeasured,
  });
  return {
    async choose(fromRow, judgeModel, embeddingModel, consistency) {
      const kind = await judgeKindOf(settings, asked ?? fromRow, neverMeasured);
      if (kind !== "offline" && !isOffered[kind]) throw new UsageError(NEEDED[kind]);
      const request = { project: "", judge: kind, judgeModel, embeddingModel, consistency };
      return (await chooseJudge(request)).judge;
    },
  };
}

export function readJudgeName(name: string | null | undefined): JudgeChoice | null {
  return name === "auto" || name === "decision" || name === "offline" || name === "llm"
    ? name
    : null;
}

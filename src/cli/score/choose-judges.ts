import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { ConsistencyChoice } from "../../contract/score-request.ts";
import { createMemoryStore } from "../../judges/cache/judgement-store.ts";
import { createChatJudge } from "../../judges/chat/chat-judge.ts";
import {
  DEFAULT_MODEL,
  EFFORT_SETTINGS,
  type EffortSetting,
  effortFor,
  JUDGE_PLANS,
  REMOVED_PLAN,
  REMOVED_PLAN_WARNING,
} from "../../judges/chat/settings.ts";
import { askTwice } from "../../judges/consistency/ask-twice.ts";
import { createOfflineJudge } from "../../judges/offline/offline-judge.ts";
import { isWebAddress } from "../../net/destination.ts";
import type { Judge } from "../../scoring/judge.ts";
import { UsageError } from "./usage-error.ts";

export type JudgeName = "auto" | "offline" | "llm";

export interface Judges {
  /** The judge for a row: the command's choice first, then the row's, then the settings'. */
  choose(
    fromRow: JudgeName | null,
    model: string | null,
    embeddingModel: string | null,
    consistency: ConsistencyChoice | null,
  ): Judge;
}

/** Settings of the process win over `.dev.vars`, so one run can differ from the server. */
export function readEnvironment(): Record<string, string | undefined> {
  const fromFile = existsSync(".dev.vars") ? parseEnv(readFileSync(".dev.vars", "utf8")) : {};
  return { ...fromFile, ...process.env };
}

/** One model judge for all rows of the same models: its slots and its memory are shared. */
export function createJudges(
  asked: JudgeName | null,
  environment: Record<string, string | undefined>,
): Judges {
  const setting = (name: string) => environment[name]?.trim() || null;
  const offline = createOfflineJudge();
  const store = createMemoryStore();
  const models = new Map<string, Judge>();

  function modelJudge(model: string, embeddingModel: string | null): Judge {
    const known = models.get(`${model}\n${embeddingModel}`);
    if (known) return known;
    const apiKey = setting("OPENAI_API_KEY");
    if (apiKey === null) {
      throw new UsageError(
        "the llm judge needs OPENAI_API_KEY (and OPENAI_BASE_URL for an endpoint that is not OpenAI's); set it in the environment or in .dev.vars, or use --judge offline.",
      );
    }
    const baseURL = setting("OPENAI_BASE_URL") ?? "https://api.openai.com/v1";
    if (!isWebAddress(baseURL)) {
      throw new UsageError("OPENAI_BASE_URL must be an http or https address.");
    }
    if (setting("JUDGE_PLAN") === REMOVED_PLAN) console.error(REMOVED_PLAN_WARNING);
    const judge = createChatJudge({
      baseURL,
      apiKey,
      model,
      embeddingModel,
      effort: effortFor(model, readEffort(setting("REASONING_EFFORT"))),
      plan: JUDGE_PLANS.find((plan) => plan === setting("JUDGE_PLAN")) ?? "block",
      store,
    });
    models.set(`${model}\n${embeddingModel}`, judge);
    return judge;
  }

  return {
    choose(fromRow, model, embeddingModel, consistency) {
      const chosen = asked ?? fromRow ?? readJudgeName(setting("JUDGE")) ?? "auto";
      const hasKey = setting("OPENAI_API_KEY") !== null;
      if (chosen === "offline" || (chosen === "auto" && !hasKey)) return offline;
      const judge = modelJudge(
        model ?? setting("JUDGE_MODEL") ?? DEFAULT_MODEL,
        embeddingModel ?? setting("EMBEDDING_MODEL"),
      );
      return (consistency ?? setting("JUDGE_CONSISTENCY")) === "doubtful" ? askTwice(judge) : judge;
    },
  };
}

function readEffort(value: string | null): EffortSetting | null {
  const known = EFFORT_SETTINGS.find((effort) => effort === value?.toLowerCase());
  if (value === null || known !== undefined) return known ?? null;
  throw new UsageError(`REASONING_EFFORT must be one of: ${EFFORT_SETTINGS.join(", ")}.`);
}

export function readJudgeName(name: string | null | undefined): JudgeName | null {
  return name === "auto" || name === "offline" || name === "llm" ? name : null;
}

import type { ChosenJudge, JudgeRequest } from "../jobs/context.ts";
import type { Settings } from "../settings.ts";
import type { JudgementStore } from "./cache/judgement-store.ts";
import { createAdviceWriter } from "./chat/advice-writer.ts";
import { createChatJudge } from "./chat/chat-judge.ts";
import { PROMPT_VERSION } from "./chat/questions/prompts.ts";
import { effortFor } from "./chat/settings.ts";
import { askTwice } from "./consistency/ask-twice.ts";
import { createOfflineJudge } from "./offline/offline-judge.ts";

/**
 * Picks the judge of a request: what the request asks for, else the settings. `auto` takes a model when there is a
 * key. Made once per invocation, and so are the judges: samples scored together share the slots of one judge.
 */
export function createJudgeChooser(
  settings: Settings,
  store: JudgementStore,
): (request: JudgeRequest) => ChosenJudge {
  const made = new Map<string, ChosenJudge>();
  return function chooseJudge(request) {
    const mode = request.judge ?? settings.judge;
    const apiKey = mode === "offline" ? null : settings.openaiApiKey;
    const model = request.judgeModel ?? settings.judgeModel;
    const embeddingModel = request.embeddingModel ?? settings.embeddingModel;
    const remembers = request.keepsNoTexts !== true;
    const asksTwice = (request.consistency ?? settings.judgeConsistency) === "doubtful";
    const key = JSON.stringify([apiKey !== null, model, embeddingModel, remembers, asksTwice]);
    const known = made.get(key);
    if (known) return known;
    const chosen =
      apiKey === null
        ? offline()
        : llm(
            settings,
            apiKey,
            // Advice repeats nothing that was judged.
            { judgements: remembers ? store : FORGETFUL, advice: store },
            { model, embeddingModel, asksTwice },
          );
    made.set(key, chosen);
    return chosen;
  };
}

/** Knows nothing and keeps nothing. */
const FORGETFUL: JudgementStore = {
  get: async () => new Map(),
  put: async () => undefined,
};

function offline(): ChosenJudge {
  const judge = createOfflineJudge();
  return {
    judge,
    kind: "offline",
    model: null,
    embeddingModel: null,
    versions: { judge: judge.name },
  };
}

function llm(
  settings: Settings,
  apiKey: string,
  stores: { judgements: JudgementStore; advice: JudgementStore },
  wanted: { model: string; embeddingModel: string | null; asksTwice: boolean },
): ChosenJudge {
  const { model, embeddingModel, asksTwice } = wanted;
  const effort = effortFor(model, settings.reasoningEffort);
  const endpoint = { baseURL: settings.openaiBaseUrl, apiKey, model, embeddingModel, effort };
  const judge = createChatJudge({
    ...endpoint,
    plan: settings.judgePlan,
    store: stores.judgements,
  });
  return {
    judge: asksTwice ? askTwice(judge) : judge,
    kind: "llm",
    model,
    embeddingModel,
    versions: {
      judge: judge.name,
      prompts: PROMPT_VERSION,
      plan: settings.judgePlan,
      ...(effort === null ? {} : { reasoning_effort: effort }),
      ...(asksTwice ? { consistency: "doubtful" } : {}),
    },
    writeAdvice: createAdviceWriter(endpoint, stores.advice),
  };
}

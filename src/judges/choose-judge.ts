import type { ChosenJudge, JudgeRequest } from "../jobs/chosen-judge.ts";
import { judgeKindOf, type Settings } from "../settings.ts";
import type { JudgementStore } from "./cache/judgement-store.ts";
import { createAdviceWriter } from "./chat/advice-writer.ts";
import { createChatJudge } from "./chat/chat-judge.ts";
import type { EndpointSettings } from "./chat/endpoint/settings.ts";
import { PROMPT_VERSION } from "./chat/questions/prompts.ts";
import { effortFor } from "./chat/settings.ts";
import { askTwice } from "./consistency/ask-twice.ts";
import { createDecisionJudge } from "./decision/decision-judge.ts";
import { type DecisionSettings, USUAL_EMBEDDING } from "./decision/endpoint.ts";
import { WORDING_REVISION } from "./decision/wording.ts";
import { createOfflineJudge } from "./offline/offline-judge.ts";
import { type AiRunner, BINDING_ADDRESS, fetchFromBinding } from "./workers-ai.ts";

/** What a choice rests on beside the settings. */
interface Grounds {
  store: JudgementStore;
  /** Workers AI; null: it is not bound. */
  ai: AiRunner | null;
  /** Was Cloudflare's own model measured better than the offline judge? Asked only where the answer decides. */
  isBetterMeasured: () => Promise<boolean>;
}

/**
 * Picks the judge of a request: what the request asks for, else the settings. Made once per invocation, and so are the
 * judges: samples scored together share the slots of one judge.
 */
export function createJudgeChooser(
  settings: Settings,
  grounds: Grounds,
): (request: JudgeRequest) => Promise<ChosenJudge> {
  const made = new Map<string, ChosenJudge>();
  const decision = decisionOf(settings, grounds.ai);
  return async function chooseJudge(request) {
    const kind = await judgeKindOf(settings, request.judge, grounds.isBetterMeasured);
    const named = request.judgeModel;
    const embeddingModel = request.embeddingModel ?? settings.embeddingModel;
    const remembers = request.keepsNoTexts !== true;
    const asksTwice = (request.consistency ?? settings.judgeConsistency) === "doubtful";
    const { project } = request;
    const key = JSON.stringify([kind, named, embeddingModel, remembers, asksTwice, project]);
    const known = made.get(key);
    if (known) return known;
    const wanted = {
      model: named,
      embeddingModel,
      asksTwice,
      project,
      // Advice repeats nothing that was judged.
      judgements: remembers ? grounds.store : FORGETFUL,
      advice: grounds.store,
    };
    const chosen =
      kind === "decision" && decision
        ? byDecisions(settings, decision, wanted)
        : kind === "llm" && settings.openaiApiKey !== null
          ? byChat(settings, settings.openaiApiKey, wanted)
          : offline();
    made.set(key, chosen);
    return chosen;
  };
}

/** Where typed questions go: to the address that is set, else to Workers AI where it is bound. */
function decisionOf(settings: Settings, ai: AiRunner | null): DecisionSettings | null {
  const { dialect, baseURL, apiKey, model } = settings.decision;
  const { extraHeaders, gatewayId } = settings;
  if (baseURL !== null) {
    const own = gatewayHeaders(dialect === "workers-ai" ? gatewayId : null);
    return { dialect, baseURL, apiKey, model, headers: { ...extraHeaders, ...own } };
  }
  if (ai === null) return null;
  const fetch = fetchFromBinding(ai, gatewayId);
  return { dialect, baseURL: BINDING_ADDRESS, apiKey: null, model, fetch };
}

function gatewayHeaders(gatewayId: string | null): Record<string, string> {
  if (gatewayId === null) return {};
  return {
    "cf-aig-gateway-id": gatewayId,
    "cf-aig-skip-cache": "true",
    "cf-aig-collect-log": "false",
  };
}

/** Knows nothing and keeps nothing. */
const FORGETFUL: JudgementStore = {
  get: async () => new Map(),
  put: async () => undefined,
};

interface Wanted {
  model: string | null;
  embeddingModel: string | null;
  asksTwice: boolean;
  /** Whose memory: nobody finds out by time or price what others had judged. */
  project: string;
  judgements: JudgementStore;
  advice: JudgementStore;
}

function offline(): ChosenJudge {
  const judge = createOfflineJudge();
  return {
    judge,
    kind: "offline",
    model: null,
    endpoint: null,
    embeddingModel: null,
    versions: { judge: judge.name },
  };
}

function byChat(settings: Settings, apiKey: string, wanted: Wanted): ChosenJudge {
  const model = wanted.model ?? settings.judgeModel;
  const { embeddingModel, asksTwice, project } = wanted;
  const effort = effortFor(model, settings.reasoningEffort);
  const endpoint = {
    ...{ baseURL: settings.openaiBaseUrl, apiKey, model, embeddingModel, effort },
    headers: settings.extraHeaders,
  };
  const judge = createChatJudge({
    ...endpoint,
    plan: settings.judgePlan,
    store: wanted.judgements,
    project,
  });
  return {
    judge: asksTwice ? askTwice(judge) : judge,
    kind: "llm",
    model,
    endpoint: new URL(settings.openaiBaseUrl).host,
    embeddingModel,
    versions: {
      judge: judge.name,
      prompts: PROMPT_VERSION,
      plan: settings.judgePlan,
      ...(effort === null ? {} : { reasoning_effort: effort }),
      ...(asksTwice ? { consistency: "doubtful" } : {}),
    },
    writeAdvice: createAdviceWriter(endpoint, project, wanted.advice),
  };
}

function byDecisions(settings: Settings, decision: DecisionSettings, wanted: Wanted): ChosenJudge {
  const isBound = decision.baseURL === BINDING_ADDRESS;
  const model = wanted.model ?? decision.model;
  const { asksTwice, project } = wanted;
  const embeddingModel = wanted.embeddingModel ?? (isBound ? USUAL_EMBEDDING : null);
  const chat = helperOf(settings, decision, embeddingModel);
  const judge = createDecisionJudge({
    ...decision,
    model,
    chat,
    store: wanted.judgements,
    project,
  });
  return {
    judge: asksTwice ? askTwice(judge) : judge,
    kind: "decision",
    model,
    endpoint: isBound ? "Workers AI" : new URL(decision.baseURL).host,
    embeddingModel: chat?.embeddingModel ?? null,
    versions: {
      judge: judge.name,
      prompts: WORDING_REVISION,
      dialect: decision.dialect,
      ...(chat?.splits ? { split: chat.model } : {}),
      ...(asksTwice ? { consistency: "doubtful" } : {}),
    },
  };
}

/** Who cuts texts and embeds them: the chat endpoint where there is a key, else Workers AI where it is bound. */
function helperOf(
  settings: Settings,
  decision: DecisionSettings,
  embeddingModel: string | null,
): (EndpointSettings & { splits: boolean }) | null {
  const { splitModel } = settings.decision;
  const model = splitModel ?? settings.judgeModel;
  const common = { model, embeddingModel, splits: splitModel !== null };
  if (splitModel === null && embeddingModel === null) return null;
  if (decision.baseURL === BINDING_ADDRESS) {
    return { ...common, baseURL: BINDING_ADDRESS, apiKey: "", fetch: decision.fetch };
  }
  if (settings.openaiApiKey === null) return null;
  return {
    ...common,
    baseURL: settings.openaiBaseUrl,
    apiKey: settings.openaiApiKey,
    effort: effortFor(model, settings.reasoningEffort),
    headers: settings.extraHeaders,
  };
}

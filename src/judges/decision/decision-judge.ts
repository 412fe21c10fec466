import type {
  Judge,
  Judged,
  JudgedClaim,
  JudgedTable,
  Needs,
  SecondAsk,
  Unchecked,
} from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { type Pause, runWithPauses } from "../../scoring/steps.ts";
import { addUsage, NO_USAGE } from "../../scoring/usage.ts";
import { type JudgementStore, trackKeys } from "../cache/judgement-store.ts";
import {
  CALLS_PER_SAMPLE,
  drawHex,
  INPUT_TOKENS,
  ownerOf,
  similarityByWords,
} from "../chat/chat-judge.ts";
import { openEndpoint } from "../chat/endpoint/endpoint.ts";
import { recordCalls } from "../chat/endpoint/record-calls.ts";
import type { EndpointSettings } from "../chat/endpoint/settings.ts";
import { compareEmbeddings } from "../chat/plans/compare-embeddings.ts";
import { type JudgeContext, waitForAll } from "../chat/plans/judge-context.ts";
import { type SplitClaim, type SplitSide, splitSide } from "../chat/plans/split-side.ts";
import { chooseLanguage } from "../chat/questions/prompts.ts";
import { selectClaimsInSteps } from "../offline/claims.ts";
import type { DecisionContext } from "./ask-sheet.ts";
import { checkClaims } from "./check-claims.ts";
import { compareTexts } from "./compare-texts.ts";
import { connectDecisions } from "./connect.ts";
import { type DecisionSettings, type Distribution, tokensPerRequest } from "./endpoint.ts";
import { type Manner, shareOf, verdictOf } from "./questions.ts";

export interface DecisionJudgeSettings extends DecisionSettings {
  /** What a decision model cannot do: cut texts into claims, unless code is to do it, and embed. null: code does both. */
  chat?: (EndpointSettings & { splits: boolean }) | null;
  /** Estimated tokens of one request; default by the model. */
  tokensPerRequest?: number;
  /** Requests one sample may cost at most; what is left then fails with `budget`. Default 200. */
  callsPerSample?: number;
  /** Fresh unguessable hex digits; default 8 random bytes. */
  randomHex?: () => string;
  store?: JudgementStore;
  /** Whose memory it is. */
  project?: string;
}

/**
 * A judge behind an endpoint that answers typed questions with probabilities. Make one per invocation: its slots are
 * shared by all samples it fills. Throws `JudgeUnavailable` when the endpoint is away or wrongly set up; every other
 * trouble is a failed cell.
 */
export function createDecisionJudge(settings: DecisionJudgeSettings): Judge {
  const endpoint = connectDecisions(settings);
  const chatEndpoint = settings.chat ? openEndpoint(settings.chat) : null;

  function open(purpose: readonly string[], signal: AbortSignal | undefined) {
    const memory = settings.store ? trackKeys(settings.store) : null;
    const shared = {
      store: memory?.store ?? null,
      drawHex: settings.randomHex ?? drawHex,
      notes: [],
      controls: { asked: 0, held: 0 },
      troubles: [],
      budget: { begun: 0, most: settings.callsPerSample ?? CALLS_PER_SAMPLE },
      signal,
    };
    const context: DecisionContext = {
      ...shared,
      endpoint,
      model: settings.model,
      origin: [...ownerOf(settings), settings.dialect, settings.model, ...purpose],
      tokens: settings.tokensPerRequest ?? tokensPerRequest(settings.model),
      calls: [],
      usage: NO_USAGE,
    };
    const { chat } = settings;
    const helper: JudgeContext | null =
      chat && chatEndpoint
        ? {
            ...shared,
            endpoint: recordCalls(chatEndpoint, chat, context.calls),
            origin: [...ownerOf({ ...chat, project: settings.project }), chat.model, ...purpose],
            plan: "block",
            inputTokens: INPUT_TOKENS,
            embeddingModel: chat.embeddingModel,
            usage: NO_USAGE,
          }
        : null;
    /** What it took, once all is asked. */
    const account = () => ({
      usage: helper ? addUsage(context.usage, helper.usage) : context.usage,
      calls: context.calls,
      controls: context.controls,
      notes: [...new Set(context.notes)],
      ...(context.troubles.length > 0 ? { troubles: context.troubles } : {}),
      ...(memory ? { judgements: [...memory.keys].sort() } : {}),
    });
    return { context, helper, account };
  }

  return {
    name: `decision:${settings.model}`,
    async fill(sample, needs, signal, pause) {
      const { context, helper, account } = open([], signal);
      const sides = await splitBoth(sample, needs, settings.chat?.splits ? helper : null, pause);
      const [filled, similarity] = await waitForAll([
        fillTable(context, sample, needs, sides),
        compareWhole(sample, needs, helper, pause),
      ]);
      return { method: "decision", ...filled, ...similarity, ...account() };
    },
    async askAgain(sample, asks, signal) {
      const { context, account } = open(["again"], signal);
      return { answers: await askOnceMore(context, sample, asks), ...account() };
    },
  };
}

/** Claims of both texts: sentence by sentence by code, or cut by a chat model. */
interface Sides {
  answer: Judged<SplitClaim[]> | null;
  reference: Judged<SplitClaim[]> | null;
  /** As the chat model said; null: it was not asked. */
  abstained: Judged<boolean> | null;
  unchecked: Unchecked;
}

async function splitBoth(
  { question, answer, reference }: CutSample,
  needs: Needs,
  helper: JudgeContext | null,
  pause: Pause | undefined,
): Promise<Sides> {
  const wantsAnswer = needs.answerClaims || needs.answerRelevancy;
  const unchecked = { answer: 0, reference: 0 };
  const byCode = async (of: "answer" | "reference", text: CutText | null) => {
    if (!text) return null;
    const { claims, beyond } = await runWithPauses(selectClaimsInSteps(text), pause);
    unchecked[of] = beyond;
    const value = claims.map((claim, at) => ({ id: `${of[0]}${at + 1}`, ...claim, onTopic: null }));
    return { ok: true as const, value };
  };
  if (!helper) {
    return {
      answer: wantsAnswer ? await byCode("answer", answer) : null,
      reference: needs.referenceClaims ? await byCode("reference", reference) : null,
      abstained: null,
      unchecked,
    };
  }
  const split = (of: "answer" | "reference", text: CutText): Promise<SplitSide> =>
    splitSide(helper, { of, question, text, wantsQuestions: false, wantsEntities: false });
  const [ofAnswer, ofReference] = await waitForAll([
    wantsAnswer ? split("answer", answer) : Promise.resolve(null),
    needs.referenceClaims && reference ? split("reference", reference) : Promise.resolve(null),
  ]);
  return {
    answer: ofAnswer?.claims ?? null,
    reference: ofReference?.claims ?? null,
    abstained: ofAnswer?.abstained ?? null,
    unchecked,
  };
}

async function fillTable(context: DecisionContext, sample: CutSample, needs: Needs, sides: Sides) {
  const manner = mannerOf(sample, false);
  const answerClaims = sides.answer?.ok ? sides.answer.value : [];
  const referenceClaims = sides.reference?.ok ? sides.reference.value : [];
  const [checks, compared] = await waitForAll([
    checkClaims(
      context,
      sample,
      {
        claims: [
          ...(needs.answerAgainstPassages ? answerClaims : []),
          ...(needs.referenceAgainstPassages ? referenceClaims : []),
        ],
        wantsRelevance: needs.passageRelevance,
        usefulness: needs.usefulness ?? [],
      },
      manner,
    ),
    compareTexts(
      context,
      sample,
      {
        ofAnswer: needs.answerAgainstReference ? answerClaims : [],
        ofReference: needs.referenceAgainstAnswer ? referenceClaims : [],
        onTopic: needs.answerRelevancy
          ? answerClaims.filter(({ onTopic }) => onTopic === null)
          : [],
        wantsAbstention: sides.answer !== null && sides.abstained === null,
        criteria: needs.criteria,
      },
      manner,
    ),
  ]);
  const judge =
    (of: "answer" | "reference") =>
    ({ id, text, sentence, onTopic }: SplitClaim): JudgedClaim => {
      const topic = compared.onTopic.get(id);
      return {
        of,
        text,
        sentence,
        onTopic: onTopic ?? (topic === undefined ? null : topic >= 0.5),
        passages: checks.byClaim.get(id) ?? null,
        ...otherOf(compared.others.get(id)),
      };
    };
  return {
    answerClaims: mapClaims(
      needs.answerClaims || needs.answerRelevancy ? sides.answer : null,
      judge("answer"),
    ),
    referenceClaims: mapClaims(sides.reference, judge("reference")),
    ...(sides.unchecked.answer + sides.unchecked.reference > 0
      ? { unchecked: sides.unchecked }
      : {}),
    abstained: sides.abstained ?? compared.abstained,
    relevance: checks.relevance,
    usefulness: checks.usefulness,
    answerRelevancy: relevancyOf(answerClaims, compared.onTopic),
    questionSimilarities: null,
    referenceEntities: null,
    criteria: compared.criteria,
    confidence: null,
  };
}

/** Mean probability that a claim addresses the question; null: the flags of the claims say it. */
function relevancyOf(
  claims: readonly SplitClaim[],
  topics: ReadonlyMap<string, number>,
): Judged<number> | null {
  if (claims.length === 0 || topics.size < claims.length) return null;
  const sum = claims.reduce((total, { id }) => total + (topics.get(id) ?? 0), 0);
  return { ok: true, value: sum / claims.length };
}

function otherOf(
  found: Judged<Distribution> | undefined,
): Pick<JudgedClaim, "other" | "otherSupport"> {
  if (!found) return { other: null };
  if (!found.ok) return { other: found };
  return {
    other: { ok: true, value: verdictOf(found.value) },
    otherSupport: shareOf(found.value, "supported"),
  };
}

function mapClaims(
  side: Judged<SplitClaim[]> | null,
  judge: (claim: SplitClaim) => JudgedClaim,
): Judged<JudgedClaim[]> | null {
  return side?.ok ? { ok: true, value: side.value.map(judge) } : side;
}

async function compareWhole(
  sample: CutSample,
  needs: Needs,
  helper: JudgeContext | null,
  pause: Pause | undefined,
): Promise<Pick<JudgedTable, "similarity" | "similarityMethod">> {
  const { question, answer, reference } = sample;
  if (!needs.similarity || !reference) return { similarity: null, similarityMethod: null };
  if (!helper?.embeddingModel) return similarityByWords(sample, pause);
  const { similarity } = await compareEmbeddings(helper, helper.embeddingModel, {
    question,
    reverseQuestions: null,
    pair: [answer.text, reference.text],
  });
  return { similarity, similarityMethod: "embedding" };
}

/** The same questions about some claims alone, the options in the other order. */
async function askOnceMore(
  context: DecisionContext,
  sample: CutSample,
  asks: readonly SecondAsk[],
) {
  const manner = mannerOf(sample, true);
  const claims = asks.map(({ claim: { of, text }, passages, other }, at) => ({
    of,
    passages,
    other,
    claim: { id: `${of[0]}${at + 1}`, text },
  }));
  const compared = (side: "answer" | "reference") =>
    claims.filter(({ of, other }) => other && of === side).map(({ claim }) => claim);
  const [checks, others] = await waitForAll([
    checkClaims(
      context,
      sample,
      {
        claims: claims.filter(({ passages }) => passages).map(({ claim }) => claim),
        wantsRelevance: false,
        usefulness: [],
      },
      manner,
    ),
    compareTexts(
      context,
      sample,
      {
        ofAnswer: compared("answer"),
        ofReference: compared("reference"),
        onTopic: [],
        wantsAbstention: false,
        criteria: [],
      },
      manner,
    ),
  ]);
  return claims.map(({ claim: { id }, passages, other }) => ({
    passages: passages ? (checks.byClaim.get(id) ?? null) : null,
    other: other ? otherOf(others.others.get(id)).other : null,
  }));
}

function mannerOf({ question, answer }: CutSample, isReversed: boolean): Manner {
  return { language: chooseLanguage(`${question}\n${answer.text}`), isReversed };
}

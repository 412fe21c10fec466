import type {
  Criterion,
  Judged,
  PassageCheck,
  PassageRelevance,
  PassageUsefulness,
  UsefulFor,
} from "../../../scoring/judge.ts";
import type { CutSample, CutText } from "../../../scoring/sample.ts";
import { said } from "../../../words/said.ts";
import { askToCheck, type CheckInput } from "../questions/check-passages.ts";
import type { Claim, NumberedSentence } from "../questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../questions/estimate-tokens.ts";
import { sentenceText } from "../questions/split-text.ts";
import { ask } from "./ask.ts";
import { type JudgeContext, noteTrouble, waitForAll } from "./judge-context.ts";
import {
  type CheckedPart,
  mergeChecks,
  mergeCriteria,
  mergeRelevance,
  mergeUsefulness,
} from "./merge-checks.ts";

interface ChecksWanted {
  claims: readonly Claim[];
  wantsRelevance: boolean;
  usefulness: readonly UsefulFor[];
  criteria: readonly Criterion[];
}

export interface Checks {
  byClaim: ReadonlyMap<string, Judged<PassageCheck>>;
  relevance: Judged<PassageRelevance> | null;
  usefulness: Judged<PassageUsefulness> | null;
  criteria: Record<string, Judged<number>>;
}

/** More claims than this in one call and judges begin to skip some. */
const CLAIMS_PER_CALL = 40;

/** All claims against all passages: one call where it fits, a grid of portions × batches where it does not. */
export async function checkAll(
  context: JudgeContext,
  sample: CutSample,
  asked: ChecksWanted,
): Promise<Checks> {
  const passages = sample.passages ?? [];
  const wanted = passages.length > 0 ? asked : { ...NOTHING, criteria: asked.criteria };
  const groups = groupPassages(passages, context);
  const batches = batchClaims(wanted.claims, context.inputTokens);
  const inputs = planCalls(sample, wanted, groups, batches);
  if (groups.length > 1 && wanted.claims.length > 0) {
    context.notes.push(
      `passages were checked in ${groups.length} portions; support that needs sentences of several portions together is not seen.`,
    );
  }
  const parts = (await waitForAll(inputs.map((input) => askInParts(context, input)))).flat();
  return {
    byClaim: new Map(wanted.claims.map(({ id }) => [id, mergeChecks(id, parts)])),
    relevance: wanted.wantsRelevance ? mergeRelevance(passages, parts) : null,
    usefulness:
      wanted.usefulness.length > 0
        ? mergeUsefulness(wanted.usefulness, passages.length, parts)
        : null,
    criteria: mergeCriteria(wanted.criteria, parts),
  };
}

/** Of passages there are not. */
const NOTHING: Omit<ChecksWanted, "criteria"> = {
  claims: [],
  wantsRelevance: false,
  usefulness: [],
};

function planCalls(
  { question, answer, reference }: CutSample,
  wanted: ChecksWanted,
  groups: readonly NumberedSentence[][],
  batches: readonly Claim[][],
): CheckInput[] {
  const inputs: CheckInput[] = [];
  const base = { question, answer: answer.text, reference: reference?.text ?? null };
  for (const sentences of groups) {
    for (const claims of batches.length > 0 ? batches : [[]]) {
      const isFirstBatch = claims === (batches[0] ?? claims);
      const wantsRelevance = wanted.wantsRelevance && isFirstBatch;
      const usefulness = isFirstBatch && wanted.usefulness.length > 0 ? wanted.usefulness : null;
      const criteria = inputs.length === 0 ? wanted.criteria : [];
      if (claims.length === 0 && !wantsRelevance && !usefulness && criteria.length === 0) continue;
      inputs.push({
        ...base,
        sentences,
        claims,
        wantsRelevance,
        ...(usefulness ? { usefulness } : {}),
        criteria,
      });
    }
  }
  if (inputs.length === 0 && wanted.criteria.length > 0) {
    const { criteria } = wanted;
    inputs.push({ ...base, sentences: [], claims: [], wantsRelevance: false, criteria });
  }
  return inputs;
}

/**
 * The passages in portions of one call each: all of them, as far as they fit, or one a call. A passage that does not
 * fit alone is cut between sentences. Numbers stay those of the whole.
 */
function groupPassages(
  passages: readonly CutText[],
  { plan, inputTokens }: JudgeContext,
): NumberedSentence[][] {
  const numbered = passages.map((text, passage) =>
    text.sentences.map((_, sentence) => ({
      passage,
      sentence,
      text: sentenceText(text, sentence),
    })),
  );
  const portions = numbered
    .filter((sentences) => sentences.length > 0)
    .flatMap((sentences) => cutByCost(sentences, inputTokens, sentenceCost));
  if (plan === "per-passage") return portions;
  return cutByCost(portions, inputTokens, (portion) =>
    portion.reduce((cost, sentence) => cost + sentenceCost(sentence), 0),
  ).map((group) => group.flat());
}

/** Estimated tokens of a numbered sentence in a prompt. */
function sentenceCost(sentence: NumberedSentence): number {
  return estimateTokens(sentence.text) + 5;
}

function batchClaims(claims: readonly Claim[], inputTokens: number): Claim[][] {
  const limit = inputTokens / 2;
  const least = limit / CLAIMS_PER_CALL;
  return cutByCost(claims, limit, ({ text }) => Math.max(least, estimateTokens(text)));
}

/** Asks, and when the model cannot take that much text, asks in halves. */
async function askInParts(context: JudgeContext, input: CheckInput): Promise<CheckedPart[]> {
  const answers = await ask(context, askToCheck(input, context.drawHex));
  const { sentences } = input;
  if (!answers.isTooLong || sentences.length < 2) {
    if (answers.isTooLong) {
      noteTrouble(context, "judge_text_too_long", said("reply_passage_long"));
    }
    return [{ input, answers }];
  }
  const middle = Math.ceil(sentences.length / 2);
  const halves = [
    { ...input, sentences: sentences.slice(0, middle) },
    { ...input, sentences: sentences.slice(middle), criteria: [] },
  ];
  return (await waitForAll(halves.map((half) => askInParts(context, half)))).flat();
}

import type {
  Criterion,
  Judged,
  JudgeFailure,
  PassageCheck,
  PassageRelevance,
  PassageUsefulness,
  UsefulFor,
} from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import type { JudgePlan } from "../endpoint/settings.ts";
import { type CheckInput, checkEnquiry } from "../questions/check-passages.ts";
import type { NumberedSentence } from "../questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../questions/estimate-tokens.ts";
import type { Claim } from "../questions/label-claims.ts";
import { ask, type Desk, noteTrouble } from "./ask.ts";
import { groupPassages } from "./group-passages.ts";
import { type CheckedPart, mergeChecks, mergeUsefulness } from "./merge-checks.ts";
import { settle } from "./settle.ts";

export interface ChecksWanted {
  question: string;
  answer: string;
  reference: string | null;
  passages: readonly CutText[];
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
  desk: Desk,
  wanted: ChecksWanted,
  limits: { plan: JudgePlan; inputTokens: number },
  drawHex: () => string,
): Promise<Checks> {
  const groups = groupPassages(wanted.passages, limits.plan, limits.inputTokens);
  const batches = batchClaims(wanted.claims, limits.inputTokens);
  const inputs = planCalls(wanted, groups, batches);
  if (groups.length > 1 && wanted.claims.length > 0) {
    desk.notes.push(
      `passages were checked in ${groups.length} portions; support that needs sentences of several portions together is not seen.`,
    );
  }
  const parts = (await settle(inputs.map((input) => askInParts(desk, input, drawHex)))).flat();
  return {
    byClaim: new Map(wanted.claims.map(({ id }) => [id, mergeChecks(id, parts)])),
    relevance: wanted.wantsRelevance ? mergeRelevance(wanted.passages, parts) : null,
    usefulness:
      wanted.usefulness.length > 0
        ? mergeUsefulness(wanted.usefulness, wanted.passages.length, parts)
        : null,
    criteria: readCriteria(wanted.criteria, parts),
  };
}

function planCalls(
  wanted: ChecksWanted,
  groups: readonly NumberedSentence[][],
  batches: readonly Claim[][],
): CheckInput[] {
  const inputs: CheckInput[] = [];
  const { question, answer, reference } = wanted;
  const base = { question, answer, reference };
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

function batchClaims(claims: readonly Claim[], inputTokens: number): Claim[][] {
  const limit = inputTokens / 2;
  const least = limit / CLAIMS_PER_CALL;
  return cutByCost(claims, limit, ({ text }) => Math.max(least, estimateTokens(text)));
}

/** Asks, and when the model cannot take that much text, asks in halves. */
async function askInParts(
  desk: Desk,
  input: CheckInput,
  drawHex: () => string,
): Promise<CheckedPart[]> {
  const answer = await ask(desk, checkEnquiry(input, drawHex));
  const { sentences } = input;
  if (!answer.isTooLong || sentences.length < 2) {
    if (answer.isTooLong) {
      noteTrouble(desk, "judge_text_too_long", "a passage is too long for the judge model.");
    }
    return [{ input, answer }];
  }
  const middle = Math.ceil(sentences.length / 2);
  const halves = [
    { ...input, sentences: sentences.slice(0, middle) },
    { ...input, sentences: sentences.slice(middle), criteria: [] },
  ];
  return (await settle(halves.map((half) => askInParts(desk, half, drawHex)))).flat();
}

const ANSWERABLE = ["none", "partial", "full"] as const;

function mergeRelevance(
  passages: readonly CutText[],
  parts: readonly CheckedPart[],
): Judged<PassageRelevance> {
  const scores = passages.map(() => 0);
  let best = 0;
  for (const { input, answer } of parts) {
    if (!input.wantsRelevance) continue;
    for (const passage of new Set(input.sentences.map((sentence) => sentence.passage))) {
      const item = answer.items.get(`p${passage + 1}`);
      if (!item || !("relevance" in item)) return failed(answer.failure);
      scores[passage] = Math.max(scores[passage] ?? 0, item.relevance);
    }
    const item = answer.items.get("answerable");
    if (!item || !("answerable" in item)) return failed(answer.failure);
    best = Math.max(best, ANSWERABLE.indexOf(item.answerable));
  }
  return { ok: true, value: { scores, answerable: ANSWERABLE[best] ?? "none" } };
}

function readCriteria(
  criteria: readonly Criterion[],
  parts: readonly CheckedPart[],
): Record<string, Judged<number>> {
  const part = parts.find(({ input }) => input.criteria.length > 0);
  return Object.fromEntries(
    criteria.map(({ name }, index): [string, Judged<number>] => {
      const item = part?.answer.items.get(`k${index + 1}`);
      if (item && "level" in item) return [name, { ok: true, value: item.level }];
      return [name, failed(part?.answer.failure ?? "judge_error")];
    }),
  );
}

function failed(reason: JudgeFailure): { ok: false; reason: JudgeFailure } {
  return { ok: false, reason };
}

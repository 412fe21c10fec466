import type {
  Judged,
  JudgedClaim,
  JudgeFailure,
  Needs,
  PassageCheck,
  PassageUsefulness,
  UsefulFor,
} from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { sentenceCost } from "./check-passages.ts";
import { type Answer, ask, type Desk } from "./desk.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { embed, fillInTwoRounds, type Plan } from "./fill-two-rounds.ts";
import { groupPassages } from "./group-passages.ts";
import { findLeftOut, findStating } from "./left-out.ts";
import type { CheckedSentence, SingleItem } from "./read-single.ts";
import { settle } from "./settle.ts";
import { singleEnquiry } from "./single-round.ts";
import type { Filled } from "./table.ts";

/** Replies of one call repeat every claim with its verdict, so long texts go the way of two rounds. */
const MOST_SENTENCES = 40;

export function fitsOneCall(sample: CutSample, plan: Plan): boolean {
  const sentences = sample.answer.sentences.length + (sample.reference?.sentences.length ?? 0);
  const passages = groupPassages(sample.passages ?? [], "block", plan.inputTokens).flat();
  const tokens =
    passages.reduce((sum, sentence) => sum + sentenceCost(sentence), 0) +
    estimateTokens(sample.answer.text) +
    estimateTokens(sample.reference?.text ?? "");
  return sentences <= MOST_SENTENCES && tokens <= plan.inputTokens;
}

/** Everything in one call; only reverse questions need a second round, for their embeddings. */
export async function fillInOneRound(
  desk: Desk,
  sample: CutSample,
  needs: Needs,
  plan: Plan,
): Promise<Filled> {
  const wantsQuestions = needs.answerRelevancy && plan.embeddingModel !== null;
  const sentences = groupPassages(sample.passages ?? [], "block", plan.inputTokens).flat();
  const enquiry = singleEnquiry(
    { sample, needs, sentences, wantsQuestions, criteria: needs.criteria },
    plan.drawHex,
  );
  const asking = ask(desk, enquiry);
  const [answer, early] = await settle([
    asking,
    wantsQuestions ? Promise.resolve(null) : embed(desk, sample, needs, plan, null),
  ]);
  if (answer.isTooLong || leavesOut(answer, sample)) {
    return fillInTwoRounds(desk, sample, needs, { ...plan, plan: "block" });
  }
  const embeddings =
    early ?? (await embed(desk, sample, needs, plan, { questions: questionsOf(answer) }));
  const hasPassages = sentences.length > 0;
  const wantsReference = sample.reference !== null && needs.referenceClaims;
  return {
    answerClaims: claimsOf(answer, sample.answer, "answer", {
      check: needs.answerAgainstPassages && hasPassages,
      other: needs.answerAgainstReference && sample.reference !== null,
    }),
    referenceClaims:
      wantsReference && sample.reference
        ? claimsOf(answer, sample.reference, "reference", {
            check: needs.referenceAgainstPassages && hasPassages,
            other: needs.referenceAgainstAnswer,
          })
        : null,
    abstained: pick(answer, "abstains", (item) => ("abstains" in item ? item.abstains : undefined)),
    relevance: needs.passageRelevance && hasPassages ? relevanceOf(answer, sample) : null,
    usefulness: usefulnessOf(answer, sample, hasPassages ? (needs.usefulness ?? []) : []),
    criteria: Object.fromEntries(
      needs.criteria.map(({ name }, index) => [
        name,
        pick(answer, `k${index + 1}`, (item) => ("level" in item ? item.level : undefined)),
      ]),
    ),
    referenceEntities: entitiesOf(answer, needs),
    ...embeddings,
  };
}

/** Too many statements without claims: two rounds look at them again, with a sentence whose claim is known. */
function leavesOut({ items }: Answer<SingleItem>, { answer, reference }: CutSample): boolean {
  const isLeftOut = (text: CutText, letter: "s" | "r") =>
    findLeftOut(findStating(text), (sentence) => {
      const item = items.get(`${letter}${sentence + 1}`);
      return !item || !("checked" in item) || item.checked.length > 0;
    }).length > 0;
  return isLeftOut(answer, "s") || (reference !== null && isLeftOut(reference, "r"));
}

function usefulnessOf(
  answer: Answer<SingleItem>,
  sample: CutSample,
  texts: readonly UsefulFor[],
): Filled["usefulness"] {
  if (texts.length === 0) return null;
  const value: PassageUsefulness = {};
  for (const text of texts) {
    const flags: boolean[] = [];
    for (const [passage, { sentences }] of (sample.passages ?? []).entries()) {
      const item = answer.items.get(`u${passage + 1}`);
      if (item && "useful" in item) flags.push(item.useful[text] === true);
      else if (sentences.length === 0) flags.push(false);
      else return { ok: false, reason: answer.failure };
    }
    value[text] = flags;
  }
  return { ok: true, value };
}

function claimsOf(
  answer: Answer<SingleItem>,
  text: CutText,
  of: "answer" | "reference",
  wants: { check: boolean; other: boolean },
): Judged<JudgedClaim[]> {
  const claims: JudgedClaim[] = [];
  for (const sentence of text.sentences.keys()) {
    const item = answer.items.get(`${of === "answer" ? "s" : "r"}${sentence + 1}`);
    if (!item || !("checked" in item)) return { ok: false, reason: answer.failure };
    for (const checked of item.checked) claims.push(toClaim(checked, sentence, of, wants));
  }
  return { ok: true, value: claims };
}

function toClaim(
  checked: CheckedSentence["checked"][number],
  sentence: number,
  of: "answer" | "reference",
  wants: { check: boolean; other: boolean },
): JudgedClaim {
  const { text, onTopic, check, other } = checked;
  const passages: Judged<PassageCheck> = check
    ? { ok: true, value: { ...check, confidence: null } }
    : FAILED;
  return {
    of,
    text,
    sentence,
    onTopic: of === "answer" ? onTopic : null,
    passages: wants.check ? passages : null,
    other: wants.other ? (other ? { ok: true, value: other } : FAILED) : null,
  };
}

const FAILED: { ok: false; reason: JudgeFailure } = { ok: false, reason: "judge_error" };

function relevanceOf(answer: Answer<SingleItem>, sample: CutSample): Filled["relevance"] {
  const scores: number[] = [];
  for (const [passage, text] of (sample.passages ?? []).entries()) {
    const item = answer.items.get(`p${passage + 1}`);
    if (item && "relevance" in item) scores.push(item.relevance);
    else if (text.sentences.length === 0) scores.push(0);
    else return { ok: false, reason: answer.failure };
  }
  const answerable = answer.items.get("answerable");
  if (!answerable || !("answerable" in answerable)) return { ok: false, reason: answer.failure };
  return { ok: true, value: { scores, answerable: answerable.answerable } };
}

function questionsOf(answer: Answer<SingleItem>): Judged<string[]> | null {
  const questions = pick(answer, "questions", (item) =>
    "questions" in item ? item.questions : undefined,
  );
  return questions.ok && questions.value.length === 0 ? null : questions;
}

function entitiesOf(answer: Answer<SingleItem>, needs: Needs): Judged<string[]> | null {
  const item = answer.items.get("entities");
  // Without usable entities from the judge, code extracts them.
  return needs.referenceEntities && item && "entities" in item
    ? { ok: true, value: item.entities }
    : null;
}

function pick<T>(
  answer: Answer<SingleItem>,
  id: string,
  read: (item: SingleItem) => T | undefined,
): Judged<T> {
  const item = answer.items.get(id);
  const value = item === undefined ? undefined : read(item);
  return value === undefined ? { ok: false, reason: answer.failure } : { ok: true, value };
}

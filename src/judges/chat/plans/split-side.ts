import type { Judged } from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import { isAbstention } from "../../offline/abstention.ts";
import { isCheckable } from "../../offline/checkable.ts";
import { backgroundWeight } from "../../offline/term-weight.ts";
import { tokenize } from "../../offline/tokens.ts";
import {
  askToSplit,
  cutForSplitting,
  type SplitItem,
  type SplitSentence,
  sentenceId,
  sentenceText,
} from "../questions/split-text.ts";
import { type Answers, ask, pickItem } from "./ask.ts";
import { type JudgeContext, waitForAll } from "./judge-context.ts";

/** A claim before it is checked. */
export interface SplitClaim {
  /** `a1`, `r1` …, in reading order. */
  id: string;
  text: string;
  sentence: number;
  onTopic: boolean | null;
}

export interface SplitSide {
  claims: Judged<SplitClaim[]>;
  abstained: Judged<boolean> | null;
  questions: Judged<string[]> | null;
  /** null: not wanted, or code has to find them. */
  entities: string[] | null;
}

interface SideToSplit {
  of: "answer" | "reference";
  question: string;
  text: CutText;
  wantsQuestions: boolean;
  wantsEntities: boolean;
}

/** Round one for one text: one call, several only if the text is long. */
export async function splitSide(context: JudgeContext, side: SideToSplit): Promise<SplitSide> {
  const runs = cutForSplitting(side.text);
  const answers = await waitForAll(
    runs.map((sentences, index) =>
      ask(
        context,
        askToSplit(
          {
            ...side,
            sentences,
            // What is said once about the whole text is asked with its beginning.
            wantsQuestions: side.wantsQuestions && index === 0,
            wantsEntities: side.wantsEntities && runs.length === 1,
          },
          context.drawHex,
        ),
      ),
    ),
  );
  const [first] = answers;
  const split = await lookAgain(context, side, collectClaims(runs, answers));
  const abstained = side.of === "answer" ? abstention(answers) : null;
  return {
    claims: split.ok ? { ok: true, value: numberClaims(side.of, split.value.bySentence) } : split,
    abstained: split.ok && split.value.answersAfterAll ? { ok: true, value: false } : abstained,
    questions: side.wantsQuestions ? reverseQuestions(first) : null,
    entities: entitiesOf(context, side, first),
  };
}

type BySentence = Map<number, SplitSentence["claims"]>;

/** A sentence without an answer fails the whole split: with unknown claims every share would be wrong. */
function collectClaims(
  runs: readonly (readonly number[])[],
  answers: readonly Answers<SplitItem>[],
): Judged<BySentence> {
  const bySentence: BySentence = new Map();
  for (const [index, sentences] of runs.entries()) {
    for (const sentence of sentences) {
      const split = pickItem(answers[index], sentenceId(sentence), "sentence");
      if (!split.ok) return split;
      bySentence.set(sentence, split.value.claims);
    }
  }
  return { ok: true, value: bySentence };
}

/**
 * Asks once more for sentences that state something and have no claims. The reply must also find the claim of a
 * sentence we know; after that, no claims means no claims.
 */
async function lookAgain(
  context: JudgeContext,
  side: SideToSplit,
  claims: Judged<BySentence>,
): Promise<Judged<{ bySentence: BySentence; answersAfterAll: boolean }>> {
  if (!claims.ok) return claims;
  const bySentence = claims.value;
  const leftOut = findLeftOut(
    findStating(side.text),
    (sentence) => bySentence.get(sentence)?.length !== 0,
  );
  let answersAfterAll = false;
  const runs = cutForSplitting(side.text, leftOut);
  const again = { ...side, wantsQuestions: false, wantsEntities: false, isSecondLook: true };
  const answers = await waitForAll(
    runs.map((sentences) => ask(context, askToSplit({ ...again, sentences }, context.drawHex))),
  );
  const found = collectClaims(runs, answers);
  if (!found.ok) return found;
  for (const [sentence, late] of found.value) {
    bySentence.set(sentence, late);
    answersAfterAll ||= late.some(({ onTopic }) => onTopic === true);
  }
  return { ok: true, value: { bySentence, answersAfterAll } };
}

function numberClaims(of: SideToSplit["of"], bySentence: BySentence): SplitClaim[] {
  const letter = of === "answer" ? "a" : "r";
  return [...bySentence]
    .sort(([a], [b]) => a - b)
    .flatMap(([sentence, claims]) => claims.map((claim) => ({ ...claim, sentence })))
    .map((claim, index) => ({ id: `${letter}${index + 1}`, ...claim }));
}

/** The answer declines when every part of it does; a text without sentences says nothing at all. */
function abstention(answers: readonly Answers<SplitItem>[]): Judged<boolean> {
  let everyPart = answers.length > 0;
  for (const answer of answers) {
    const said = pickItem(answer, "abstains", "abstains");
    if (!said.ok) return said;
    everyPart &&= said.value.abstains;
  }
  return { ok: true, value: everyPart };
}

/** null when there is nothing to ask back: the text is blank, or it declines and answers no question. */
function reverseQuestions(answer: Answers<SplitItem> | undefined): Judged<string[]> | null {
  if (!answer) return null;
  const said = pickItem(answer, "questions", "questions");
  if (!said.ok) return said;
  const { questions } = said.value;
  return questions.length === 0 ? null : { ok: true, value: questions };
}

function entitiesOf(
  context: JudgeContext,
  side: SideToSplit,
  answer: Answers<SplitItem> | undefined,
): string[] | null {
  if (!side.wantsEntities) return null;
  const said = pickItem(answer, "entities", "entities");
  if (said.ok) return said.value.entities;
  context.notes.push("entities of the reference: taken from the text by code, not by the judge.");
  return null;
}

/** Share of the stating sentences that may stay without claims before the split is looked at again. */
const LEFT_OUT_LIMIT = 0.2;
/** Words that say something, from which on a sentence without a number is taken for a statement. */
const TELLING_WORDS = 3;
const TELLING = 0.3;

/** The sentences that state something by our own reading. */
export function findStating(text: CutText): number[] {
  return [...text.sentences.keys()].filter((index) => states(sentenceText(text, index)));
}

/**
 * The stating sentences a judge made no claims of, when they are too many to be a matter of taste. A text that talks
 * the judge out of listing its claims would otherwise be without fault.
 */
export function findLeftOut(
  stating: readonly number[],
  hasClaims: (sentence: number) => boolean,
): number[] {
  const leftOut = stating.filter((index) => !hasClaims(index));
  return leftOut.length > stating.length * LEFT_OUT_LIMIT ? leftOut : [];
}

/** Questions, headings, lead-ins, courtesy and refusals state nothing. */
function states(sentence: string): boolean {
  if (/^#|[:：]$/.test(sentence) || !isCheckable(sentence) || isAbstention(sentence)) return false;
  const tokens = tokenize(sentence);
  const telling = tokens.filter((token) => backgroundWeight(token) >= TELLING);
  return (
    telling.length >= TELLING_WORDS ||
    (telling.length > 0 && tokens.some(({ kind }) => kind === "number"))
  );
}

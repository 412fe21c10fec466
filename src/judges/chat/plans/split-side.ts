import type { Judged } from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import {
  cutForSplitting,
  type SplitClaims,
  type SplitItem,
  splitEnquiry,
} from "../questions/split-text.ts";
import { type Answer, ask, type Desk } from "./ask.ts";
import { findLeftOut, findStating } from "./left-out.ts";
import { settle } from "./settle.ts";

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

export interface SideToSplit {
  of: "answer" | "reference";
  question: string;
  text: CutText;
  wantsQuestions: boolean;
  wantsEntities: boolean;
}

/** Round one for one text: one call, several only if the text is long. */
export async function splitSide(
  desk: Desk,
  side: SideToSplit,
  drawHex: () => string,
): Promise<SplitSide> {
  const runs = cutForSplitting(side.text);
  const answers = await settle(
    runs.map((sentences, index) =>
      ask(
        desk,
        splitEnquiry(
          {
            ...side,
            sentences,
            // What is said once about the whole text is asked with its beginning.
            wantsQuestions: side.wantsQuestions && index === 0,
            wantsEntities: side.wantsEntities && runs.length === 1,
          },
          drawHex,
        ),
      ),
    ),
  );
  const [first] = answers;
  const split = await lookAgain(desk, side, collectClaims(runs, answers), drawHex);
  const abstained = side.of === "answer" ? abstention(answers) : null;
  return {
    claims: split.ok ? { ok: true, value: numberClaims(side.of, split.value.bySentence) } : split,
    abstained: split.ok && split.value.answersAfterAll ? { ok: true, value: false } : abstained,
    questions: side.wantsQuestions ? reverseQuestions(first) : null,
    entities: entitiesOf(desk, side, first),
  };
}

type BySentence = Map<number, SplitClaims["claims"]>;

/** A sentence without an answer fails the whole split: with unknown claims every share would be wrong. */
function collectClaims(
  runs: readonly (readonly number[])[],
  answers: readonly Answer<SplitItem>[],
): Judged<BySentence> {
  const bySentence: BySentence = new Map();
  for (const [index, sentences] of runs.entries()) {
    const answer = answers[index];
    for (const sentence of sentences) {
      const item = answer?.items.get(`s${sentence + 1}`);
      if (!item || !("claims" in item))
        return { ok: false, reason: answer?.failure ?? "judge_error" };
      bySentence.set(sentence, item.claims);
    }
  }
  return { ok: true, value: bySentence };
}

/**
 * Asks once more for sentences that state something and have no claims. The reply must also find the claim of a
 * sentence we know; after that, no claims means no claims.
 */
async function lookAgain(
  desk: Desk,
  side: SideToSplit,
  claims: Judged<BySentence>,
  drawHex: () => string,
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
  const answers = await settle(
    runs.map((sentences) => ask(desk, splitEnquiry({ ...again, sentences }, drawHex))),
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
function abstention(answers: readonly Answer<SplitItem>[]): Judged<boolean> {
  let everyPart = answers.length > 0;
  for (const answer of answers) {
    const item = answer.items.get("abstains");
    if (!item || !("abstains" in item)) return { ok: false, reason: answer.failure };
    everyPart &&= item.abstains;
  }
  return { ok: true, value: everyPart };
}

/** null when there is nothing to ask back: the text is blank, or it declines and answers no question. */
function reverseQuestions(answer: Answer<SplitItem> | undefined): Judged<string[]> | null {
  if (!answer) return null;
  const item = answer.items.get("questions");
  if (!item || !("questions" in item)) return { ok: false, reason: answer.failure };
  return item.questions.length === 0 ? null : { ok: true, value: item.questions };
}

function entitiesOf(
  desk: Desk,
  side: SideToSplit,
  answer: Answer<SplitItem> | undefined,
): string[] | null {
  if (!side.wantsEntities) return null;
  const item = answer?.items.get("entities");
  if (item && "entities" in item) return item.entities;
  desk.notes.push("entities of the reference: taken from the text by code, not by the judge.");
  return null;
}

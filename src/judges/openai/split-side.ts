import type { Judged } from "../../scoring/judge.ts";
import type { CutText } from "../../scoring/sample.ts";
import { type Answer, ask, type Desk } from "./desk.ts";
import { settle } from "./settle.ts";
import { cutForSplitting, type SplitItem, splitEnquiry } from "./split-text.ts";

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
  return {
    claims: collectClaims(side, runs, answers),
    abstained: side.of === "answer" ? abstention(answers) : null,
    questions: side.wantsQuestions ? reverseQuestions(first) : null,
    entities: entitiesOf(desk, side, first),
  };
}

/** A sentence without an answer fails the whole split: with unknown claims every share would be wrong. */
function collectClaims(
  side: SideToSplit,
  runs: readonly (readonly number[])[],
  answers: readonly Answer<SplitItem>[],
): Judged<SplitClaim[]> {
  const claims: SplitClaim[] = [];
  const letter = side.of === "answer" ? "a" : "r";
  for (const [index, sentences] of runs.entries()) {
    const answer = answers[index];
    for (const sentence of sentences) {
      const item = answer?.items.get(`s${sentence + 1}`);
      if (!item || !("claims" in item))
        return { ok: false, reason: answer?.failure ?? "judge_error" };
      for (const { text, onTopic } of item.claims) {
        claims.push({ id: `${letter}${claims.length + 1}`, text, sentence, onTopic });
      }
    }
  }
  return { ok: true, value: claims };
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

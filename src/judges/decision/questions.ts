import type { Verdict } from "../../scoring/judge.ts";
import {
  drawControls,
  isAsExpected,
  type NumberedSentence,
} from "../chat/questions/control-claims.ts";
import { estimateTokens } from "../chat/questions/estimate-tokens.ts";
import { neutralise } from "../chat/questions/fence.ts";
import type { PromptLanguage } from "../chat/questions/prompts.ts";
import { VERDICTS } from "../chat/questions/verdict-words.ts";
import type { KnownQuestion } from "./ask-sheet.ts";
import type { DecisionQuestion, Distribution } from "./endpoint.ts";
import { WORDING } from "./wording.ts";

/** How questions are put: in whose words, and with the options the other way round when asked again. */
export interface Manner {
  language: PromptLanguage;
  isReversed: boolean;
}

/** How does the field `text` of the state relate to the claim? */
export function askClaim(text: string, claim: string, manner: Manner) {
  const words = WORDING[manner.language];
  const options = VERDICTS.map((id) => ({ id, means: words.verdicts[id] }));
  return {
    kind: "choice" as const,
    ask: words.claim(text),
    data: { claim: neutralise(claim) },
    options: manner.isReversed ? options.reverse() : options,
  };
}

/** The verdict a distribution stands for: only what is more likely than all else together is one. */
export function verdictOf(answer: Distribution): Verdict {
  if ((answer.get("supported") ?? 0) >= 0.5) return "supported";
  return (answer.get("contradicted") ?? 0) >= 0.5 ? "contradicted" : "unsupported";
}

export function isYes(answer: Distribution): boolean {
  return shareOf(answer, "yes") >= 0.5;
}

export function shareOf(answer: Distribution, option: string): number {
  return answer.get(option) ?? 0;
}

/** Sentences near the end of a text: what a model lost of a long one, it lost there. */
const NEAR_THE_END = 3;

/** One claim copied from the end of the text, one invented. */
export function knownClaims(
  text: string,
  sentences: readonly NumberedSentence[],
  manner: Manner,
  hex: string,
): KnownQuestion[] {
  const drawn = drawControls(sentences.slice(-NEAR_THE_END), manner.language, hex);
  return drawn.map((control) => ({
    question: askClaim(text, control.text, manner),
    holds: (answer) => isAsExpected(control, verdictOf(answer)),
  }));
}

/** Which of these sentences is it? */
export function askSentence(
  verdict: "supported" | "contradicted",
  claim: string,
  sentences: readonly NumberedSentence[],
  language: PromptLanguage,
): Omit<DecisionQuestion, "id"> {
  return {
    kind: "choice",
    ask: WORDING[language].evidence[verdict],
    data: { claim: neutralise(claim) },
    options: sentences.map((sentence) => ({ id: numberOf(sentence), means: null })),
  };
}

export function numberOf({ passage, sentence }: NumberedSentence): string {
  return `${passage + 1}.${sentence + 1}`;
}

export function numberedLine(sentence: NumberedSentence): string {
  return `[${numberOf(sentence)}] ${neutralise(sentence.text)}`;
}

/** Estimated tokens of a question on the wire, names of its fields included. */
export function costOfQuestion(question: Omit<DecisionQuestion, "id">): number {
  return estimateTokens(JSON.stringify(question));
}

export function costOfSentences(sentences: readonly NumberedSentence[]): number {
  return sentences.reduce((sum, sentence) => sum + costOfSentence(sentence), 0);
}

export function costOfSentence({ text }: NumberedSentence): number {
  return estimateTokens(text) + 6;
}

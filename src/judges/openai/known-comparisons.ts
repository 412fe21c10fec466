import type { CutText } from "../../scoring/sample.ts";
import { type Control, drawControls, isAsExpected } from "./controls.ts";
import { fieldOf, listIn, readById, readId } from "./enquiry.ts";
import { labelClaims } from "./label-claims.ts";
import type { PromptLanguage } from "./prompts.ts";
import { sentenceText } from "./split-text.ts";
import { readVerdict } from "./verdict-words.ts";

export interface KnownComparisons {
  frames: { name: string; lines: string[] }[];
  labels: string[];
  /** Did every known claim come out as it must? True when there are none. */
  areHeld(reply: unknown): boolean;
}

/**
 * Control claims for the verdicts of the single plan that rest on answer or reference alone: for each text one copied
 * from it and one that nothing can support, answered under `others`.
 */
export function drawKnownComparisons(
  texts: readonly { target: string; cut: CutText }[],
  language: PromptLanguage,
  drawHex: () => string,
  firstNumber: number,
): KnownComparisons {
  const frames: KnownComparisons["frames"] = [];
  const labels: string[] = [];
  const controlOf = new Map<string, Control>();
  for (const { target, cut } of texts) {
    if (cut.sentences.length === 0) continue;
    const hex = drawHex();
    const sentences = cut.sentences.map((_, sentence) => ({
      passage: 0,
      sentence,
      text: sentenceText(cut, sentence),
    }));
    const controls = drawControls(sentences, language, hex);
    const labelled = labelClaims([], controls, hex, firstNumber + labels.length);
    frames.push({ name: `CLAIMS_FOR_${target}`, lines: labelled.lines });
    labels.push(...labelled.labels);
    for (const [label, control] of labelled.controlOf) controlOf.set(label, control);
  }
  return {
    frames,
    labels,
    areHeld(reply) {
      const verdicts = readById(
        Array.isArray(reply) ? [] : listIn(reply, "others"),
        (entry) => readId(fieldOf(entry, "id"), "c"),
        (entry) => readVerdict(fieldOf(entry, "verdict")),
      );
      return [...controlOf].every(([label, control]) =>
        isAsExpected(control, verdicts.get(label) ?? null),
      );
    },
  };
}

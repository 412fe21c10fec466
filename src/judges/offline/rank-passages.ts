import type { PassageRelevance } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import type { Steps } from "../../scoring/steps.ts";
import { loadModel, probabilityOf } from "./linear-model.ts";
import { measurePassagesInSteps, PASSAGE_FEATURES } from "./passage-relevance.ts";
import type { TextIndex } from "./text-index.ts";

const PASSAGE = loadModel("passage", PASSAGE_FEATURES);
const QUESTION = PASSAGE_FEATURES.indexOf("question");
/** Share of the question's words the passages must hold together to be thought able to answer it, or a part of it. */
const FULL = 0.7;
export const PARTIAL = 0.35;

/** Probability 0..1 that each passage serves the question (and the reference, when there is one). */
export function* rankPassages(
  { question, passages, reference }: CutSample,
  index: TextIndex,
): Steps<PassageRelevance> {
  const features = yield* measurePassagesInSteps(
    question,
    passages ?? [],
    index,
    reference?.text ?? null,
  );
  const best = Math.max(0, ...features.map((measured) => measured[QUESTION] ?? 0));
  return {
    scores: features.map((measured) => probabilityOf(PASSAGE, measured)),
    answerable: best >= FULL ? "full" : best >= PARTIAL ? "partial" : "none",
  };
}

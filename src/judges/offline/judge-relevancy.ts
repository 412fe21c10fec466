import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isAbstention } from "./abstention.ts";
import { type Asked, measureInSteps, RELEVANCY_FEATURES } from "./answer-relevancy.ts";
import { loadModel, probabilityOf } from "./linear-model.ts";

const RELEVANCY = loadModel("relevancy", RELEVANCY_FEATURES);
/** From this probability on a text addresses the question. */
const ON_TOPIC = 0.5;

/** Probability 0..1 that the answer addresses the question; 0 for one that declines to answer. */
export function* judgeRelevancy(asked: Asked, answer: string): Steps<number> {
  return isAbstention(answer) ? 0 : probabilityOf(RELEVANCY, yield* measureInSteps(asked, answer));
}

/** Does a claim of the answer address the question? Elaborations of an answer that does are on topic too. */
export function isOnTopic(asked: Asked, claim: string, relevancy: number): boolean {
  return relevancy >= ON_TOPIC || runAtOnce(judgeRelevancy(asked, claim)) >= ON_TOPIC;
}

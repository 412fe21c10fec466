import { isAbstention } from "./abstention.ts";
import { measureRelevancy, RELEVANCY_FEATURES } from "./answer-relevancy.ts";
import { loadModel, probabilityOf } from "./linear-model.ts";

const RELEVANCY = loadModel("relevancy", RELEVANCY_FEATURES);
/** From this probability on a text addresses the question. */
const ON_TOPIC = 0.5;

/** Probability 0..1 that the answer addresses the question; 0 for one that declines to answer. */
export function judgeRelevancy(question: string, answer: string): number {
  return isAbstention(answer) ? 0 : probabilityOf(RELEVANCY, measureRelevancy(question, answer));
}

/** Does a claim of the answer address the question? Elaborations of an answer that does are on topic too. */
export function isOnTopic(question: string, claim: string, relevancy: number): boolean {
  return relevancy >= ON_TOPIC || judgeRelevancy(question, claim) >= ON_TOPIC;
}

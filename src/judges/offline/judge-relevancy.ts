import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isAbstention } from "./abstention.ts";
import { type Asked, measureInSteps, RELEVANCY_FEATURES } from "./answer-relevancy.ts";
import { loadModel, probabilityOf } from "./linear-model.ts";
import { directReply } from "./yes-no.ts";

const RELEVANCY = loadModel("relevancy", RELEVANCY_FEATURES);
/** From this probability on a text addresses the question. */
const ON_TOPIC = 0.5;

/** What a yes or no is worth where one was asked for: its words need not be those of the question. */
const DIRECT = { whole: 0.9, opening: 0.75 } as const;

/** Probability 0..1 that the answer addresses the question; 0 for one that declines to answer. */
export function* judgeRelevancy(asked: Asked, answer: string): Steps<number> {
  if (isAbstention(answer)) return 0;
  const reply = directReply(asked.question, answer);
  const least = reply === null ? 0 : DIRECT[reply];
  return Math.max(least, probabilityOf(RELEVANCY, yield* measureInSteps(asked, answer)));
}

/** Does a claim of the answer address the question? Elaborations of an answer that does are on topic too. */
export function isOnTopic(asked: Asked, claim: string, relevancy: number): boolean {
  return relevancy >= ON_TOPIC || runAtOnce(judgeRelevancy(asked, claim)) >= ON_TOPIC;
}

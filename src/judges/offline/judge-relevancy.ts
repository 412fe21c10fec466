import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isAbstention } from "./abstention.ts";
import { type Asked, measureInSteps, RELEVANCY_FEATURES } from "./answer-relevancy.ts";
import { slotOf } from "./fills-slot.ts";
import { loadModel, probabilityOf } from "./linear-model.ts";
import { directReply } from "./yes-no.ts";

const RELEVANCY = loadModel("relevancy", RELEVANCY_FEATURES);
/** From this probability on a text addresses the question. */
export const ON_TOPIC = 0.5;

/** What a yes or no is worth where one was asked for: its words need not be those of the question. */
const DIRECT = { whole: 0.9, opening: 0.75 } as const;
/** And an answer that calls the subject "it", or leaves it out, by whether it says what is asked of it. */
const FILLED = 0.7;
const MISSED = 0.4;

/** Probability 0..1 that the answer addresses the question; 0 for one that declines to answer. */
export function* judgeRelevancy(asked: Asked, answer: string): Steps<number> {
  if (isAbstention(answer)) return 0;
  const measured = probabilityOf(RELEVANCY, yield* measureInSteps(asked, answer));
  const reply = directReply(asked.question, answer);
  if (reply !== null) return Math.max(DIRECT[reply], measured);
  const slot = slotOf(asked.question, answer);
  if (slot === "missed") return Math.min(MISSED, measured);
  return slot === "filled" ? Math.max(FILLED, measured) : measured;
}

/** Does a claim of the answer address the question? Elaborations of an answer that does are on topic too. */
export function isOnTopic(asked: Asked, claim: string, relevancy: number): boolean {
  return relevancy >= ON_TOPIC || runAtOnce(judgeRelevancy(asked, claim)) >= ON_TOPIC;
}

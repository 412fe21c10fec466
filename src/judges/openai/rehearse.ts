import { cutText } from "../../scoring/cut-text.ts";
import { type CheckInput, checkEnquiry } from "./check-passages.ts";
import { crossEnquiry } from "./cross-check.ts";
import type { Enquiry } from "./enquiry.ts";
import { findStating } from "./left-out.ts";
import { readCompletion } from "./read-completion.ts";
import { readReply } from "./read-reply.ts";
import { splitEnquiry } from "./split-text.ts";

const HEX = "0123456789abcdef";
const SENTENCE = "The tower was built in 1900.";

let isDone = false;

/**
 * Runs the code of the coming round once on a sentence of its own, while the first call of the process is on its way:
 * what would be compiled after the reply is compiled while waiting for it. Asks nothing and changes nothing.
 */
export function rehearseOnce(): void {
  if (isDone) return;
  isDone = true;
  const text = cutText(SENTENCE, "s");
  const claims = [{ id: "a1", text: SENTENCE }];
  const input: CheckInput = {
    question: SENTENCE,
    sentences: [{ passage: 0, sentence: 0, text: SENTENCE }],
    claims,
    wantsRelevance: true,
    criteria: [],
    answer: SENTENCE,
    reference: null,
  };
  const split = {
    of: "answer",
    question: SENTENCE,
    text,
    sentences: [0],
    wantsQuestions: true,
    wantsEntities: false,
  } as const;
  findStating(text);
  readSaid(
    splitEnquiry(split, () => HEX),
    {
      sentences: [{ id: "s1", claims: [{ text: SENTENCE, on_topic: true }] }],
      abstains: false,
      questions: [SENTENCE, SENTENCE, SENTENCE],
    },
  );
  const verdict = { verdict: "supported", evidence: ["1.1"], jointly: false };
  const checks = ["c1", "c2", "c3"].map((id) => ({ id, ...verdict }));
  readSaid(
    checkEnquiry(input, () => HEX),
    {
      checks,
      relevance: [{ passage: 1, score: 2 }],
      answerable: "full",
    },
  );
  const comparison = { target: "REFERENCE", sentences: [SENTENCE], claims } as const;
  readSaid(
    crossEnquiry({ question: SENTENCE, comparisons: [comparison] }, () => HEX),
    { checks },
  );
}

function readSaid<Item>(enquiry: Enquiry<Item>, said: unknown): void {
  const message = { content: JSON.stringify(said) };
  const reply = readCompletion({ choices: [{ finish_reason: "stop", message }], usage: {} });
  const { prompt, read } = enquiry.attempt(enquiry.ids, false);
  const known = reply.kind === "text" ? readReply(reply.text, false) : null;
  if (known && JSON.stringify(prompt.schema) !== "") read(known.value);
}

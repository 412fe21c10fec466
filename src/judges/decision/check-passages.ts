import type { JudgeFailure, UsefulFor } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { said } from "../../words/said.ts";
import { noteTrouble, waitForAll } from "../chat/plans/judge-context.ts";
import type { Claim, NumberedSentence } from "../chat/questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../chat/questions/estimate-tokens.ts";
import { neutralise } from "../chat/questions/fence.ts";
import { sentenceText } from "../chat/questions/split-text.ts";
import { askSheet, type DecisionContext, type Sheet, type SheetAnswers } from "./ask-sheet.ts";
import { type DecisionQuestion, type Distribution, MOST_QUESTIONS } from "./endpoint.ts";
import {
  askClaim,
  costOfQuestion,
  costOfSentence,
  costOfSentences,
  knownClaims,
  type Manner,
  numberedLine,
} from "./questions.ts";
import { WORDING } from "./wording.ts";

/** Sentences read together, and what is asked of them. */
export interface Reading {
  sentences: readonly NumberedSentence[];
  claims: readonly Claim[];
  wantsRelevance: boolean;
  wantsAnswerable: boolean;
  usefulness: readonly UsefulFor[];
}

/** What was asked of one reading, and what came of it. */
export interface Read extends Reading {
  /** Distribution of a claim; null where there is none. */
  claim(id: string): Distribution | null;
  about(what: "relevance" | "answerable" | UsefulFor): Distribution | null;
  failure: JudgeFailure;
}

/** Sentences an evidence question may offer; the smallest of all limits is 255 options. */
export const MOST_SENTENCES = 200;
/** Room for the two known claims. */
const KNOWN = 2;
/** Of a request, for the sentences; the rest is for questions. */
const STATE_SHARE = 0.6;

/** The passages as they are read: each by itself, a long one in parts cut between sentences. */
export function portionsOf({ passages }: CutSample, { tokens }: DecisionContext) {
  return (passages ?? []).flatMap((text, passage) => {
    const numbered = text.sentences.map((_, sentence) => ({
      passage,
      sentence,
      text: sentenceText(text, sentence),
    }));
    const least = (tokens * STATE_SHARE) / MOST_SENTENCES;
    return cutByCost(numbered, tokens * STATE_SHARE, (one) => Math.max(least, costOfSentence(one)));
  });
}

/** Several portions for one request, as many as fit. */
export function groupPortions(
  portions: readonly NumberedSentence[][],
  { tokens }: DecisionContext,
): NumberedSentence[][] {
  return cutByCost(portions, tokens * STATE_SHARE, costOfSentences).map((group) => group.flat());
}

/** In one request where it fits, in several where there are too many claims or the model says it is too much. */
export async function readSentences(
  context: DecisionContext,
  sample: CutSample,
  reading: Reading,
  manner: Manner,
): Promise<Read[]> {
  const extras = questionsAside(reading, "passage", manner).length;
  const budget =
    context.tokens - costOfSentences(reading.sentences) - estimateTokens(sample.question);
  const most = MOST_QUESTIONS - KNOWN - extras;
  const field = fieldOf(reading);
  const batches = cutByCost(reading.claims, budget, ({ text }) =>
    Math.max(budget / most, costOfQuestion(askClaim(field, text, manner))),
  );
  const reads = (batches.length > 0 ? batches : [[]]).map((claims, at) =>
    readAtOnce(
      context,
      sample,
      at === 0 ? { ...reading, claims } : { ...reading, ...NOTHING_ASIDE, claims },
      manner,
    ),
  );
  return (await waitForAll(reads)).flat();
}

const NOTHING_ASIDE = { wantsRelevance: false, wantsAnswerable: false, usefulness: [] };

async function readAtOnce(
  context: DecisionContext,
  sample: CutSample,
  reading: Reading,
  manner: Manner,
): Promise<Read[]> {
  const reply = await askSheet(context, sheetOf(sample, reading, manner));
  const { sentences } = reading;
  if (reply.isTooLong && sentences.length > 1) {
    const middle = Math.ceil(sentences.length / 2);
    const halves = [sentences.slice(0, middle), sentences.slice(middle)];
    const reads = halves.map((half) =>
      readAtOnce(context, sample, { ...reading, sentences: half }, manner),
    );
    return (await waitForAll(reads)).flat();
  }
  if (reply.isTooLong) noteTrouble(context, "judge_text_too_long", said("reply_passage_long"));
  return [{ ...reading, ...readerOf(reply) }];
}

function readerOf({ answers, failure }: SheetAnswers): Pick<Read, "claim" | "about" | "failure"> {
  return {
    claim: (id) => answers.get(`claim ${id}`) ?? null,
    about: (what) => answers.get(what) ?? null,
    failure,
  };
}

/** One passage is `passage`; several are `passages`. */
function fieldOf({ sentences }: Reading): "passage" | "passages" {
  return sentences.every(({ passage }) => passage === sentences[0]?.passage)
    ? "passage"
    : "passages";
}

function sheetOf(sample: CutSample, reading: Reading, manner: Manner): Sheet {
  const { sentences, claims, usefulness } = reading;
  const field = fieldOf(reading);
  const isTogether = field === "passages";
  return {
    title: said(isTogether ? "task_all_passages" : "task_check"),
    task: isTogether ? "read_together" : "check_passage",
    state: {
      question: neutralise(sample.question),
      ...(usefulness.includes("reference") ? { reference: sample.reference?.text ?? "" } : {}),
      ...(usefulness.includes("answer") ? { answer: sample.answer.text } : {}),
      [field]: sentences.map(numberedLine),
    },
    questions: [
      ...claims.map(({ id, text }) => ({ id: `claim ${id}`, ...askClaim(field, text, manner) })),
      ...questionsAside(reading, field, manner),
    ],
    controls: (hex) => knownClaims(field, sentences, manner, hex),
  };
}

function questionsAside(
  { wantsRelevance, wantsAnswerable, usefulness }: Reading,
  field: string,
  { language }: Manner,
): DecisionQuestion[] {
  const words = WORDING[language];
  const useful = { reference: words.usefulForReference, answer: words.usefulForAnswer };
  const levels = (["full", "partial", "none"] as const).map((id) => ({
    id,
    means: words.answerability[id],
  }));
  return [
    ...(wantsRelevance ? [{ id: "relevance", kind: "yes" as const, ask: words.relevance }] : []),
    ...usefulness.map((text) => ({ id: text, kind: "yes" as const, ask: useful[text] })),
    ...(wantsAnswerable
      ? [
          {
            id: "answerable",
            kind: "choice" as const,
            ask: words.answerable(field),
            options: levels,
          },
        ]
      : []),
  ];
}

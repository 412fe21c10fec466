import type { JudgeFailure, SentenceRef } from "../../scoring/judge.ts";
import { said } from "../../words/said.ts";
import { waitForAll } from "../chat/plans/judge-context.ts";
import type { NumberedSentence } from "../chat/questions/control-claims.ts";
import { neutralise } from "../chat/questions/fence.ts";
import { askSheet, type DecisionContext, type KnownQuestion, type Sheet } from "./ask-sheet.ts";
import { type Distribution, MOST_QUESTIONS } from "./endpoint.ts";
import {
  askSentence,
  costOfQuestion,
  costOfSentences,
  type Manner,
  numberedLine,
  numberOf,
} from "./questions.ts";

/** A verdict, and the sentences it may rest on. */
export interface Unproven {
  verdict: "supported" | "contradicted";
  text: string;
  sentences: readonly NumberedSentence[];
}

export type Proof = { ok: true; value: SentenceRef[] } | { ok: false; reason: JudgeFailure };

/** The sentences behind verdicts, in order: all verdicts in one request where that fits. */
export async function findEvidence(
  context: DecisionContext,
  unproven: readonly Unproven[],
  manner: Manner,
): Promise<Proof[]> {
  const items = unproven.map((item, at) => ({ ...item, id: String(at) }));
  const open = items.filter(({ sentences }) => sentences.length > 1);
  const batches = batch(open, context.tokens, manner);
  const replies = await waitForAll(
    batches.map((batch) => askSheet(context, sheetOf(batch, manner))),
  );
  const found = new Map<string, Proof>();
  for (const [at, batch] of batches.entries()) {
    for (const item of batch) {
      const answer = replies[at]?.answers.get(item.id);
      const reason = replies[at]?.failure ?? "judge_error";
      const value = answer ? pick(answer, item.sentences) : null;
      found.set(item.id, value ? { ok: true, value } : { ok: false, reason });
    }
  }
  // Where there is but one sentence, it is the one.
  return items.map(
    ({ id, sentences }) => found.get(id) ?? { ok: true, value: sentences.map(refOf) },
  );
}

type Item = Unproven & { id: string };

/** Verdicts over the same sentences go together: those are shown, and paid for, once. */
function batch(items: readonly Item[], tokens: number, manner: Manner): Item[][] {
  const sorted = [...items].sort(
    (a, b) => placeOf(a) - placeOf(b) || a.sentences.length - b.sentences.length,
  );
  const batches: Item[][] = [];
  let shown = new Set<string>();
  let cost = 0;
  for (const item of sorted) {
    const question = costOfQuestion(questionOf(item, manner));
    const fresh = item.sentences.filter((sentence) => !shown.has(numberOf(sentence)));
    const last = batches.at(-1);
    const added = question + costOfSentences(fresh);
    if (last && cost + added <= tokens && last.length < MOST_QUESTIONS - 1) {
      last.push(item);
      cost += added;
    } else {
      batches.push([item]);
      shown = new Set();
      // The known question offers as many sentences as one of the others.
      cost = 2 * question + costOfSentences(item.sentences);
    }
    for (const sentence of item.sentences) shown.add(numberOf(sentence));
  }
  return batches;
}

function placeOf({ sentences: [first] }: Unproven): number {
  return first ? first.passage * 1e6 + first.sentence : 0;
}

function questionOf({ verdict, text, sentences }: Unproven, { language }: Manner) {
  return askSentence(verdict, text, sentences, language);
}

function sheetOf(items: readonly Item[], manner: Manner): Sheet {
  const shown = new Map<string, NumberedSentence>();
  for (const { sentences } of items) {
    for (const sentence of sentences) shown.set(numberOf(sentence), sentence);
  }
  const sentences = [...shown.values()].sort(
    (a, b) => a.passage - b.passage || a.sentence - b.sentence,
  );
  return {
    title: said("task_evidence"),
    task: "find_evidence",
    state: { passages: sentences.map(numberedLine) },
    questions: items.map((item) => ({ ...questionOf(item, manner), id: item.id })),
    controls: () => knownSentence(items, manner),
  };
}

/** A sentence copied from the end of what one of the questions offers must be found where it stands. */
function knownSentence(items: readonly Unproven[], manner: Manner): KnownQuestion[] {
  const sentences = items.at(-1)?.sentences ?? [];
  const copied = sentences.at(-1);
  if (!copied) return [];
  const same = new Set(
    sentences.filter(({ text }) => neutralise(text) === neutralise(copied.text)).map(numberOf),
  );
  return [
    {
      question: askSentence("supported", copied.text, sentences, manner.language),
      holds: (answer) => same.has(ranked(answer)[0]?.[0] ?? ""),
    },
  ];
}

/** Most sentences a verdict rests on, and how much of the probability they must hold together. */
const MOST_REFS = 3;
const ENOUGH = 0.8;

/** The fewest sentences that hold enough of the probability; offsets are exact because code cut them. */
function pick(answer: Distribution, sentences: readonly NumberedSentence[]): SentenceRef[] {
  const byNumber = new Map(sentences.map((sentence) => [numberOf(sentence), sentence]));
  const refs: SentenceRef[] = [];
  let held = 0;
  for (const [number, p] of ranked(answer)) {
    const sentence = byNumber.get(number);
    if (!sentence || refs.length >= MOST_REFS || held >= ENOUGH) break;
    refs.push(refOf(sentence));
    held += p;
  }
  return refs;
}

function ranked(answer: Distribution): [string, number][] {
  return [...answer].sort(([, a], [, b]) => b - a);
}

function refOf({ passage, sentence }: NumberedSentence): SentenceRef {
  return { passage, sentence };
}

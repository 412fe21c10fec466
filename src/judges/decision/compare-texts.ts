import type { Criterion, Judged, JudgeFailure } from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { said } from "../../words/said.ts";
import { noteTrouble, waitForAll } from "../chat/plans/judge-context.ts";
import { type Claim, invent, type NumberedSentence } from "../chat/questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../chat/questions/estimate-tokens.ts";
import { neutralise } from "../chat/questions/fence.ts";
import { sentenceText } from "../chat/questions/split-text.ts";
import { askSheet, type DecisionContext, type KnownQuestion, type Sheet } from "./ask-sheet.ts";
import { type DecisionQuestion, type Distribution, MOST_QUESTIONS } from "./endpoint.ts";
import { askClaim, costOfQuestion, isYes, knownClaims, type Manner, shareOf } from "./questions.ts";
import { WORDING } from "./wording.ts";

export interface ComparisonWanted {
  /** Claims of the answer to hold against the reference, and the other way round. */
  ofAnswer: readonly Claim[];
  ofReference: readonly Claim[];
  /** Answer claims of which to say whether they address the question. */
  onTopic: readonly Claim[];
  wantsAbstention: boolean;
  criteria: readonly Criterion[];
}

export interface Comparison {
  others: ReadonlyMap<string, Judged<Distribution>>;
  onTopic: ReadonlyMap<string, number>;
  abstained: Judged<boolean> | null;
  criteria: Record<string, Judged<number>>;
}

type Target = "reference" | "answer";

/** Sentences of texts, and the questions that need nothing else to be answered. */
interface Part {
  texts: Partial<Record<Target, readonly string[]>>;
  questions: readonly DecisionQuestion[];
}

/** Room for what is asked of each text and of the answer as a whole. */
const KNOWN = 6;
const STATE_SHARE = 0.6;

/** What is asked of answer and reference: one request, more only where the texts are long. */
export async function compareTexts(
  context: DecisionContext,
  sample: CutSample,
  wanted: ComparisonWanted,
  manner: Manner,
): Promise<Comparison> {
  const parts = partsOf(context, sample, wanted, manner);
  const replies = await waitForAll(
    parts.map((part) => askSheet(context, sheetOf(sample, part, manner))),
  );
  if (replies.some(({ isTooLong }) => isTooLong)) {
    noteTrouble(context, "judge_text_too_long", said("reply_passage_long"));
  }
  const answersTo = (id: string): Judged<Distribution[]> => {
    const value: Distribution[] = [];
    let reason: JudgeFailure | null = null;
    for (const [at, { questions }] of parts.entries()) {
      if (!questions.some((question) => question.id === id)) continue;
      const answer = replies[at]?.answers.get(id);
      if (answer) value.push(answer);
      else reason = replies[at]?.failure ?? "judge_error";
    }
    return reason === null ? { ok: true, value } : { ok: false, reason };
  };
  const others = new Map<string, Judged<Distribution>>();
  for (const { id } of [...wanted.ofAnswer, ...wanted.ofReference]) {
    const found = answersTo(`claim ${id}`);
    others.set(id, found.ok ? { ok: true, value: strongest(found.value) } : found);
  }
  const onTopic = new Map<string, number>();
  for (const { id } of wanted.onTopic) {
    const found = answersTo(`topic ${id}`);
    if (found.ok && found.value[0]) onTopic.set(id, shareOf(found.value[0], "yes"));
  }
  const abstains = wanted.wantsAbstention ? answersTo("abstains") : null;
  return {
    others,
    onTopic,
    abstained: abstains?.ok ? { ok: true, value: abstains.value.every(isYes) } : abstains,
    criteria: Object.fromEntries(
      wanted.criteria.map(({ name, kind }, index): [string, Judged<number>] => {
        const found = answersTo(`criterion ${index}`);
        const [answer] = found.ok ? found.value : [];
        if (!found.ok) return [name, found];
        if (!answer) return [name, { ok: false, reason: "judge_error" }];
        return [
          name,
          { ok: true, value: kind === "scale" ? levelOf(answer) : shareOf(answer, "yes") },
        ];
      }),
    ),
  };
}

/** Of several parts of a text the one that supports the claim most. */
function strongest(answers: readonly Distribution[]): Distribution {
  const [best] = [...answers].sort(
    (a, b) =>
      shareOf(b, "supported") - shareOf(a, "supported") ||
      shareOf(b, "contradicted") - shareOf(a, "contradicted"),
  );
  const denied = answers.find((answer) => shareOf(answer, "contradicted") >= 0.5);
  if (!best || shareOf(best, "supported") >= 0.5) return best ?? new Map();
  return denied ?? best;
}

const LEVELS = ["1", "2", "3", "4", "5"] as const;

/** Levels 1 to 5 as 0 to 1, each by its probability. */
function levelOf(answer: Distribution): number {
  return LEVELS.reduce((sum, level, index) => sum + (index / 4) * shareOf(answer, level), 0);
}

function partsOf(
  { tokens }: DecisionContext,
  { answer, reference }: CutSample,
  { ofAnswer, ofReference, onTopic, wantsAbstention, criteria }: ComparisonWanted,
  manner: Manner,
): Part[] {
  const words = WORDING[manner.language];
  const against = (target: Target, claims: readonly Claim[]): DecisionQuestion[] =>
    claims.map(({ id, text }) => ({ id: `claim ${id}`, ...askClaim(target, text, manner) }));
  const aside: DecisionQuestion[] = [
    ...onTopic.map(({ id, text }) => ({
      id: `topic ${id}`,
      kind: "yes" as const,
      ask: words.onTopic,
      data: { claim: neutralise(text) },
    })),
    ...(wantsAbstention ? [{ id: "abstains", kind: "yes" as const, ask: words.abstains }] : []),
    ...criteria.map(({ kind, text }, index) => askCriterion(index, kind, text, words)),
  ];
  const whole: Part[] = [
    {
      texts: { reference: reference ? linesOf(reference) : [] },
      questions: reference ? against("reference", ofAnswer) : [],
    },
    { texts: { answer: linesOf(answer) }, questions: against("answer", ofReference) },
    { texts: { answer: linesOf(answer) }, questions: aside },
  ].filter(({ questions }) => questions.length > 0);
  if (whole.length === 0) return [];
  const together: Part = {
    texts: Object.assign({}, ...whole.map(({ texts }) => texts)),
    questions: whole.flatMap(({ questions }) => questions),
  };
  if (together.questions.length <= MOST_QUESTIONS - KNOWN && costOf(together) <= tokens) {
    return [together];
  }
  return whole.flatMap((part) => cutPart(part, tokens));
}

/** A text in portions, each with all questions; questions in batches. */
function cutPart({ texts, questions }: Part, tokens: number): Part[] {
  const limit = tokens * STATE_SHARE;
  const rest = tokens - limit;
  const least = rest / (MOST_QUESTIONS - KNOWN);
  const batches = cutByCost(questions, rest, (question) =>
    Math.max(least, costOfQuestion(question)),
  );
  const portions = Object.entries(texts).flatMap(([name, lines]) =>
    cutByCost(lines, limit, estimateTokens).map((portion) => ({ [name]: portion })),
  );
  return portions.flatMap((portion) =>
    batches.map((batch) => ({ texts: portion, questions: batch })),
  );
}

function costOf({ texts, questions }: Part): number {
  const lines = Object.values(texts).flat();
  return (
    lines.reduce((sum, line) => sum + estimateTokens(line), 0) +
    questions.reduce((sum, question) => sum + costOfQuestion(question), 0)
  );
}

function askCriterion(
  index: number,
  kind: Criterion["kind"],
  text: string,
  words: (typeof WORDING)["en"],
): DecisionQuestion {
  const question = { id: `criterion ${index}`, data: { criterion: neutralise(text) } };
  if (kind === "yes_no") return { ...question, kind: "yes", ask: words.criterion };
  const options = LEVELS.map((id, at) => ({ id, means: words.levels[at] ?? null }));
  return { ...question, kind: "score", ask: words.level, options };
}

function sheetOf({ question }: CutSample, { texts, questions }: Part, manner: Manner): Sheet {
  const asksClaims = (target: Target) =>
    questions.some((one) => one.ask === WORDING[manner.language].claim(target));
  return {
    title: said("task_compare"),
    task: "compare_texts",
    state: {
      question: neutralise(question),
      ...Object.fromEntries(
        Object.entries(texts).map(([name, lines]) => [name, lines.map(neutralise)]),
      ),
    },
    questions,
    controls: (hex) => [
      ...(["reference", "answer"] as const).flatMap((target) =>
        asksClaims(target) ? knownClaims(target, numbered(texts[target] ?? []), manner, hex) : [],
      ),
      ...(texts.answer && !asksClaims("answer") ? knownOfAnswer(manner, hex) : []),
    ],
  };
}

/** Something every answer has, and something none states. */
function knownOfAnswer({ language }: Manner, hex: string): KnownQuestion[] {
  const words = WORDING[language];
  return [
    { question: { kind: "yes", ask: words.knownYes }, holds: isYes },
    {
      question: { kind: "yes", ask: words.knownNo, data: { claim: invent(language, hex) } },
      holds: (answer) => !isYes(answer),
    },
  ];
}

function linesOf(text: CutText): string[] {
  return text.sentences.map((_, index) => sentenceText(text, index));
}

function numbered(lines: readonly string[]): NumberedSentence[] {
  return lines.map((text, sentence) => ({ passage: 0, sentence, text }));
}

import { afterAll, expect, test } from "vitest";
import { createDecisionJudge } from "../../../src/judges/decision/decision-judge.ts";
import { createRandom } from "../../../src/scoring/random.ts";
import type { Sample } from "../../../src/scoring/sample.ts";
import { type ScoredSample, scoreSample } from "../../../src/scoring/score-sample.ts";
import { startFakeDecisions } from "../../fakes/decision-server.ts";
import type { Brain } from "../../fakes/openai-brain.ts";
import { startFakeOpenAi } from "../../fakes/openai-server.ts";
import { judgeAt } from "../chat/scene.ts";

/** A fact of a made-up archive: number, place, and the twin of it that denies the place. */
const WORDS = {
  en: {
    fact: (n: number, place: number) => `Record ${n} lies in the archive of station ${place}.`,
    question: (n: number) => `Where do the records of case ${n} lie?`,
    space: " ",
  },
  zh: {
    fact: (n: number, place: number) => `第${n}号档案存放在第${place}号站的库房里。`,
    question: (n: number) => `第${n}号案的档案存放在哪里？`,
    space: "",
  },
} as const;

type Language = keyof typeof WORDS;
const readFact = (text: string) => /(?:Record |第)(\d+)\D+(\d+)/.exec(text)?.slice(1).map(Number);

/** Knows the archive: a claim is supported by the fact, contradicted by one that puts the record elsewhere. */
const PERFECT: Partial<Brain> = {
  check(claim, passages) {
    const [record, place] = readFact(claim.text) ?? [];
    const about = passages.filter(
      ({ text }) => record !== undefined && readFact(text)?.[0] === record,
    );
    const proofs = about.filter(({ text }) => readFact(text)?.[1] === place);
    if (proofs.length > 0)
      return { verdict: "supported", evidence: proofs.map(({ id }) => id), jointly: false };
    return about.length > 0
      ? { verdict: "contradicted", evidence: about.map(({ id }) => id), jointly: false }
      : { verdict: "unsupported", evidence: [], jointly: false };
  },
  compare: (claim, text) => PERFECT.check?.(claim, text).verdict ?? "unsupported",
  onTopic: (claim) => (readFact(claim)?.[0] ?? 0) % 5 !== 0,
  relevance: (passage) =>
    passage.some(({ text }) => (readFact(text)?.[0] ?? 0) % 2 === 0) ? 2 : 0,
  useful: (passage) => passage.some(({ text }) => (readFact(text)?.[0] ?? 0) % 3 === 0),
};

function makeSample(language: Language, seed: number): Sample {
  const random = createRandom(seed + 1);
  const draw = (most: number) => Math.floor(random() * most);
  const words = WORDS[language];
  const placeOf = (record: number) => record * 3 + 100;
  const truth = (record: number) => words.fact(record, placeOf(record));
  const records = Array.from({ length: 8 }, (_, at) => seed * 50 + at + 11);
  const pick = (count: number) => records.filter(() => random() < count / records.length);
  // Some right, some placed elsewhere, some of records no passage knows.
  const say = (record: number) =>
    draw(4) === 0
      ? words.fact(record, placeOf(record) + 1)
      : draw(6) === 0
        ? truth(record + 30)
        : truth(record);
  const passages = Array.from({ length: 1 + draw(5) }, () => pick(3).map(truth)).map((facts, at) =>
    (facts.length > 0 ? facts : [truth(seed * 50 + 45 + at)]).join(words.space),
  );
  return {
    question: words.question(seed),
    answer: (pick(4).length > 0 ? pick(4) : records.slice(0, 2))
      .concat(records[0] ?? 0)
      .map(say)
      .join(words.space),
    passages,
    reference: records
      .slice(0, 1 + draw(4))
      .map(truth)
      .join(words.space),
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };
}

const METRICS = [
  "faithfulness",
  "contradiction_rate",
  "response_groundedness",
  "hallucination",
  "self_knowledge",
  "context_recall",
  "context_precision",
  "context_utilization",
  "context_relevance",
  "unused_relevant_passages",
  "factual_correctness",
  "answer_correctness",
  "answer_relevancy",
  "noise_sensitivity",
] as const;

const chat = await startFakeOpenAi({ brain: PERFECT });
const decisions = await startFakeDecisions();
decisions.setBrain(PERFECT);
afterAll(() => Promise.all([chat.close(), decisions.close()]));

const JUDGES = {
  block: judgeAt(chat, { plan: "block", embeddingModel: null }),
  perPassage: judgeAt(chat, { plan: "per-passage", embeddingModel: null }),
  decision: createDecisionJudge({
    dialect: "systemone",
    baseURL: decisions.url,
    apiKey: null,
    model: "clef",
  }),
};

/** Verdicts and where they rest, without what differs by design: probabilities, and the third proof of a passage. */
const verdictsOf = ({ evidence }: ScoredSample) =>
  evidence.claims.map(
    ({
      of,
      text,
      verdict,
      jointly,
      supported_by_reference,
      supported_by_answer,
      on_topic,
      evidence: spans,
    }) => ({
      ...{ of, text, verdict, jointly, supported_by_reference, supported_by_answer, on_topic },
      passages: [...new Set(spans.map(({ passage }) => passage))],
    }),
  );
/** To nine digits: shares of three are summed in another order. */
const valuesOf = ({ outcomes }: ScoredSample) =>
  Object.fromEntries(
    Object.entries(outcomes).map(([metric, { status, value, reason, interval }]) => [
      metric,
      [status, value === null ? null : Number(value.toFixed(9)), reason, interval],
    ]),
  );

test.each([
  ["en", undefined],
  ["zh", undefined],
  ["en", "ragas"],
  ["zh", "ragas"],
] as const)(
  "75 samples (%s, compat %s): decision, chat and per-passage say and count the same",
  async (language, compat) => {
    const seen = new Set<string>();
    for (let at = 0; at < 75; at += 1) {
      const sample = makeSample(language, at + (compat ? 500 : 0));
      const options = {
        id: String(at),
        metrics: METRICS.filter((name) => name !== "answer_correctness"),
        compat,
      };
      const [block, perPassage, decision] = await Promise.all(
        Object.values(JUDGES).map((judge) => scoreSample(sample, { ...options, judge })),
      );
      if (!block || !perPassage || !decision) throw new Error("not judged");
      expect(verdictsOf(perPassage)).toEqual(verdictsOf(block));
      expect(verdictsOf(decision)).toEqual(verdictsOf(block));
      expect(valuesOf(perPassage)).toEqual(valuesOf(block));
      expect(valuesOf(decision)).toEqual(valuesOf(block));
      for (const { verdict } of block.evidence.claims) seen.add(String(verdict));
    }
    expect(seen).toEqual(new Set(["supported", "contradicted", "unsupported"]));
  },
);

import { AGREEMENT_FEATURES, measureAgreement } from "../../src/judges/offline/agreement.ts";
import { measureRelevancy, RELEVANCY_FEATURES } from "../../src/judges/offline/answer-relevancy.ts";
import { measureSupport } from "../../src/judges/offline/check-claim.ts";
import { CLAIM_FEATURES } from "../../src/judges/offline/claim-features.ts";
import { selectClaims } from "../../src/judges/offline/claims.ts";
import type { ModelName } from "../../src/judges/offline/linear-model.ts";
import { measurePassages, PASSAGE_FEATURES } from "../../src/judges/offline/passage-relevance.ts";
import { readClaim } from "../../src/judges/offline/read-claim.ts";
import {
  measureShortAnswer,
  prepareAnswer,
  SHORT_ANSWER_FEATURES,
  splitAliases,
} from "../../src/judges/offline/short-answer.ts";
import { indexTexts, type TextIndex } from "../../src/judges/offline/text-index.ts";
import { cutText } from "../../src/scoring/cut-text.ts";
import type { Bag } from "./fit-logistic.ts";
import { readPairs, readPoints, type Side } from "./rows.ts";

/** What each model is fitted on, and which sign each of its features must keep. */
export interface FitPlan {
  model: ModelName;
  features: readonly string[];
  sets: readonly string[];
  penalty: number;
  signOf: (feature: string) => number;
  /** Beliefs the rows are too few to teach: a contradiction is rare in the sets, and final where it stands. */
  priors?: Readonly<Record<string, number>>;
  bagsOf: (dataDir: string, set: string) => Bag[];
}

export const FAITHFULNESS_SETS = ["begin", "q2", "summedits", "wice", "expertqa", "uhgeval_zh"];
const CORRECTNESS_SETS = ["openqa_nq301", "evouna_nq", "evouna_tq"];
const AGREEMENT_SETS = ["halluqa_zh", "ragchecker_meta"];
const RELEVANCY_SETS = ["fintruthqa_zh", "ansrel_en"];
const PASSAGE_SETS = ["hotpotqa", "musique", "cmrc_ctx_zh", "drcd_ctx_zh"];

export const FIT_PLANS: readonly FitPlan[] = [
  {
    model: "support",
    features: CLAIM_FEATURES,
    sets: FAITHFULNESS_SETS,
    penalty: 0.2,
    priors: {
      negation: -4,
      antonym: -4,
      otherNumber: -5,
      differsNumber: -6,
      differsPolarity: -5,
      differsRole: -5,
      differsName: -3,
      differsStrength: -1,
    },
    signOf: (feature) =>
      /^(?:coverage|overlap|pairs|longest|likeness|weakestL|mutual)/.test(feature)
        ? 1
        : feature === "length"
          ? 0
          : -1,
    bagsOf: supportBags,
  },
  {
    model: "shortAnswer",
    features: SHORT_ANSWER_FEATURES,
    sets: CORRECTNESS_SETS,
    penalty: 0.003,
    signOf: (feature) =>
      /^(?:otherNumber|half|negated|onlyQuestion)/.test(feature)
        ? -1
        : feature === "length"
          ? 0
          : 1,
    bagsOf: shortAnswerBags,
  },
  {
    model: "agreement",
    features: AGREEMENT_FEATURES,
    sets: AGREEMENT_SETS,
    penalty: 0.01,
    signOf: (feature) =>
      /^(?:oneDenies|numbersMissing|refuses)/.test(feature) ? -1 : feature === "length" ? 0 : 1,
    bagsOf: agreementBags,
  },
  {
    model: "passage",
    features: PASSAGE_FEATURES,
    sets: PASSAGE_SETS,
    penalty: 0.003,
    signOf: (feature) => (feature === "hasReference" ? -1 : 1),
    bagsOf: passageBags,
  },
  {
    model: "relevancy",
    features: RELEVANCY_FEATURES,
    sets: RELEVANCY_SETS,
    penalty: 0.002,
    signOf: (feature) => {
      if (/overage|arest|airs|suits$|definite|[eE]cho|bare|weakest/.test(feature)) return 1;
      return /suitsNot|evasive|abstains|questions/.test(feature) ? -1 : 0;
    },
    bagsOf: relevancyBags,
  },
];

function supportBags(dataDir: string, set: string): Bag[] {
  const rows = readPoints(dataDir, set);
  return rows.flatMap((row) => {
    const index = indexTexts(row.contexts.map((text) => cutText(text, "s")));
    if (set === "uhgeval_zh") {
      return (row.label.keywords ?? []).map(({ text, supported }, i) =>
        supportBag([text], index, supported, `${row.id} ${i}`),
      );
    }
    const claims = selectClaims(cutText(row.answer, "s")).map(({ text }) => text);
    // An answer that states nothing has no number: the metric does not apply.
    return claims.length > 0 ? [supportBag(claims, index, row.label.binary ?? 0, row.id)] : [];
  });
}

function supportBag(
  claims: readonly string[],
  index: TextIndex,
  label: number,
  group: string,
): Bag {
  const measured = claims.map((text) => measureSupport(readClaim(text), index));
  return {
    claims: measured.map(({ features }) => features),
    measured,
    label,
    weight: 1,
    group,
  };
}

function shortAnswerBags(dataDir: string, set: string): Bag[] {
  return readPoints(dataDir, set).flatMap((row) => {
    const reference = row.ground_truth ?? "";
    const aliases = splitAliases(reference) ?? [reference];
    const claim = measureShortAnswer(row.question, prepareAnswer(row.answer), aliases);
    return [{ claims: [claim], label: row.label.binary ?? 0, weight: 1 }];
  });
}

/** Of a pair the difference of features is fitted, once each way round. */
function differenceBags(better: readonly number[], worse: readonly number[]): Bag[] {
  const difference = better.map((value, i) => value - (worse[i] ?? 0));
  return [
    { claims: [difference], label: 1, weight: 1 },
    { claims: [difference.map((value) => -value)], label: 0, weight: 1 },
  ];
}

function agreementBags(dataDir: string, set: string): Bag[] {
  const measure = (side: Side) =>
    measureAgreement(side.question, side.answer, side.ground_truth ?? "");
  return readPairs(dataDir, set)
    .filter(({ tie }) => !tie)
    .flatMap(({ better, worse }) => differenceBags(measure(better), measure(worse)));
}

function passageBags(dataDir: string, set: string): Bag[] {
  return readPoints(dataDir, set).flatMap((row) => {
    const passages = row.contexts.map((text) => cutText(text, "s"));
    return [null, row.ground_truth ?? null].flatMap((reference) =>
      measurePassages(row.question, passages, indexTexts(passages), reference).map(
        (features, i) => ({
          claims: [features],
          label: row.label.relevance?.[i] ?? 0,
          weight: 1 / passages.length,
        }),
      ),
    );
  });
}

/** Share of made-up wrong answers (another row's) in the Chinese set, which has evasions but few stray answers. */
const STRAY_SHARE = 0.1;

function relevancyBags(dataDir: string, set: string): Bag[] {
  if (set === "ansrel_en") {
    return readPairs(dataDir, set).flatMap(({ better, worse }) => [
      { claims: [measureRelevancy(better.question, better.answer)], label: 1, weight: 1 },
      { claims: [measureRelevancy(worse.question, worse.answer)], label: 0, weight: 1 },
    ]);
  }
  const rows = readPoints(dataDir, set);
  return rows.flatMap((row, i) => {
    const stray = rows[(i + 1 + ((i * 7919) % (rows.length - 1))) % rows.length];
    return [
      {
        claims: [measureRelevancy(row.question, row.answer)],
        label: row.label.binary ?? 0,
        weight: 1,
      },
      {
        claims: [measureRelevancy(row.question, stray?.answer ?? "")],
        label: 0,
        weight: STRAY_SHARE,
      },
    ];
  });
}

import * as z from "zod";
import type { Measure } from "../../contract/outcome.ts";
import { cutSample } from "../../scoring/cut-text.ts";
import type { Judge, Judged, JudgedClaim, PassageCheck } from "../../scoring/judge.ts";
import { needsOf } from "../../scoring/needs.ts";
import { rateInterval } from "../../scoring/rate-interval.ts";
import type { Sample } from "../../scoring/sample.ts";
import { tokensTold } from "../../scoring/usage.ts";
import type { CheckedClaim } from "./check-set.ts";

const Count = z.number().int().nonnegative();
const Pair = z.tuple([Count, Count]);

/** What a judge made of claims whose verdicts are known, as sums: parts of a measurement add up. */
export const Measured = z.object({
  claims: Count,
  answered: Count,
  right: Count,
  /** Right where the offline judge was wrong, and the other way round. */
  better: Count,
  worse: Count,
  /** By kind and language: [claims, right]. */
  kinds: z.record(z.string(), Pair),
  /** By tenth of the probability of support: [claims, sum of the probabilities, supported]. */
  tenths: z.array(z.tuple([Count, z.number(), Count])).length(10),
  calls: Count,
  /** null: the endpoint did not tell. */
  tokens: Count.nullable(),
  ms: z.number().nonnegative(),
});
export type Measured = z.infer<typeof Measured>;

export const NOTHING_MEASURED: Measured = {
  ...{ claims: 0, answered: 0, right: 0, better: 0, worse: 0, calls: 0, tokens: 0, ms: 0 },
  kinds: {},
  tenths: Array.from({ length: 10 }, () => [0, 0, 0]),
};

/** Puts claims to the judge, those of one passage together, and to the offline judge beside it. */
export async function measureClaims(
  judge: Judge,
  offline: Judge,
  claims: readonly CheckedClaim[],
  now: () => number,
  signal?: AbortSignal,
): Promise<Measured> {
  const byPassage = new Map<string, CheckedClaim[]>();
  for (const claim of claims) {
    byPassage.set(claim.passage, [...(byPassage.get(claim.passage) ?? []), claim]);
  }
  const startedAt = now();
  const parts = await Promise.all(
    [...byPassage].map(async ([passage, about]) => {
      const texts = about.map(({ claim }) => claim);
      const asked = await judgeTexts(judge, passage, texts, signal);
      const beside = await judgeTexts(offline, passage, texts, signal);
      return count(about, asked, beside.checks);
    }),
  );
  const sum = parts.reduce(addMeasured, NOTHING_MEASURED);
  return { ...sum, ms: now() - startedAt };
}

interface Asked {
  checks: (Judged<PassageCheck> | null)[];
  calls: number;
  tokens: number | null;
}

async function judgeTexts(
  judge: Judge,
  passage: string,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Asked> {
  const sampleOf = (answer: string): Sample => ({
    ...{ question: "", answer, passages: [passage], reference: null },
    ...{ referencePassages: null, retrievedIds: null, referenceIds: null },
  });
  if (!judge.askAgain) {
    // Sentence by sentence: what counts as a claim is not what is measured.
    const needs = needsOf(["faithfulness"], sampleOf("x"));
    const tables = await Promise.all(
      texts.map((text) => judge.fill(cutSample(sampleOf(text)), needs, signal)),
    );
    const first = tables.map(({ answerClaims }) =>
      answerClaims?.ok ? answerClaims.value[0] : null,
    );
    return { checks: first.map((claim) => claim?.passages ?? null), calls: 0, tokens: 0 };
  }
  const claims = texts.map(
    (text): JudgedClaim => ({
      ...{ of: "answer", text, sentence: 0, onTopic: null, passages: null, other: null },
    }),
  );
  const asks = claims.map((claim) => ({ claim, passages: true, other: false }));
  const again = await judge.askAgain(cutSample(sampleOf(texts.join("\n"))), asks, signal);
  return {
    checks: again.answers.map(({ passages }) => passages),
    calls: again.usage.judge_calls,
    tokens: tokensTold(again.usage),
  };
}

function count(
  claims: readonly CheckedClaim[],
  { checks, calls, tokens }: Asked,
  beside: Asked["checks"],
): Measured {
  const measured: Measured = structuredClone(NOTHING_MEASURED);
  for (const [at, { kind, language, verdict }] of claims.entries()) {
    const check = checks[at]?.ok ? checks[at].value : null;
    const other = beside[at]?.ok ? beside[at].value : null;
    const isRight = check?.verdict === verdict;
    const isOtherRight = other?.verdict === verdict;
    measured.claims += 1;
    measured.answered += Number(check !== null);
    measured.right += Number(isRight);
    measured.better += Number(isRight && !isOtherRight);
    measured.worse += Number(!isRight && isOtherRight);
    const name = `${kind} ${language}`;
    const [n, right] = measured.kinds[name] ?? [0, 0];
    measured.kinds[name] = [n + 1, right + Number(isRight)];
    const support = check?.support;
    const tenth =
      support === undefined ? undefined : measured.tenths[Math.min(9, Math.floor(support * 10))];
    if (support === undefined || !tenth) continue;
    tenth[0] += 1;
    tenth[1] += support;
    tenth[2] += Number(verdict === "supported");
  }
  return { ...measured, calls, tokens };
}

export function addMeasured(a: Measured, b: Measured): Measured {
  const kinds = { ...a.kinds };
  for (const [name, [n, right]] of Object.entries(b.kinds)) {
    const [before, rightBefore] = kinds[name] ?? [0, 0];
    kinds[name] = [before + n, rightBefore + right];
  }
  return {
    claims: a.claims + b.claims,
    answered: a.answered + b.answered,
    right: a.right + b.right,
    better: a.better + b.better,
    worse: a.worse + b.worse,
    kinds,
    tenths: a.tenths.map(([n, sum, yes], at) => {
      const [m, more, also] = b.tenths[at] ?? [0, 0, 0];
      return [n + m, sum + more, yes + also];
    }),
    calls: a.calls + b.calls,
    tokens: a.tokens === null || b.tokens === null ? null : a.tokens + b.tokens,
    ms: a.ms + b.ms,
  };
}

export function summarizeMeasured(measured: Measured): Measure {
  const { claims: n, answered, right, better, worse, tenths } = measured;
  if (n === 0) {
    return {
      ...{ claims: 0, answered: 0, accuracy: null, interval: null },
      ...{ above_offline: null, above_interval: null, calibration_error: null },
    };
  }
  const above = (better - worse) / n;
  // Of a paired difference: only the claims on which the two differ move it.
  const spread = 1.96 * Math.sqrt(Math.max(0, (better + worse) / n - above ** 2) / n);
  const graded = tenths.reduce((sum, [count]) => sum + count, 0);
  const error = tenths.reduce((sum, [, p, yes]) => sum + Math.abs(p - yes), 0);
  return {
    claims: n,
    answered: answered / n,
    accuracy: right / n,
    interval: rateInterval(right, n),
    above_offline: above,
    above_interval: [Math.max(-1, above - spread), Math.min(1, above + spread)],
    calibration_error: graded === 0 ? null : error / graded,
  };
}

/** Better than no model at all, as far as a whole measurement can tell. */
export function isProvenBetter(measured: Measured, whole: number): boolean {
  const { above_interval } = summarizeMeasured(measured);
  return measured.claims >= whole && above_interval !== null && above_interval[0] > 0;
}

import type { Advice, MetricInfo } from "../../../contract.ts";
import type { Cause } from "../../../scoring/evidence.ts";
import type { Verdict } from "../../../scoring/judge.ts";
import type { Reason } from "../../../scoring/outcome.ts";

/** Every sentence of a report that is not advice. Arguments are numbers or Markdown that is already safe. */
export interface Words {
  direction: Record<MetricInfo["direction"], string>;
  severity: Record<Advice["severity"], string>;
  cause: Record<Cause, string>;
  reason: Record<Reason, string>;
  verdict: Record<Verdict, string>;
  effort: Record<1 | 2 | 3, string>;
  none: string;
  colon: string;
  aside: (text: string) => string;
  listSeparator: string;
  percent: (share: number) => string;
  reasons: (parts: readonly { reason: string; n: number }[]) => string;

  summary: {
    title: (name: string) => string;
    scope: (facts: { total: number; valid: number; invalid: number }) => string;
    rejectedRows: (n: number) => string;
    times: (startedAt: string, finishedAt: string) => string;
    metricsHeading: string;
    metricColumns: readonly string[];
    metricsNote: string;
    noMetrics: string;
    distributionHeading: string;
    distribution: (facts: { n: number; low: number; middle: number; high: number }) => string;
    band: (low: string, high: string) => string;
    causesHeading: string;
    causeLine: (cause: string, n: number) => string;
    noCauses: string;
    firstAdvice: (id: string, title: string) => string;
    lowestHeading: string;
    lowestColumns: readonly string[];
    noLowest: string;
    evidenceHeading: string;
    morePassages: (n: number) => string;
    groupsHeading: string;
    groupColumns: readonly string[];
    moreGroups: (n: number) => string;
    errorsHeading: string;
    moreErrors: (n: number) => string;
    methodHeading: string;
  };

  method: {
    judge: (name: string) => string;
    judgeModel: (model: string) => string;
    embeddingModel: (model: string) => string;
    offlineLimits: string;
    llmLimits: string;
    mixed: (offline: number, total: number) => string;
    lowConfidence: (n: number) => string;
    /** Samples with claims behind the bound. */
    uncheckedClaims: (n: number) => string;
    interval: string;
    intervalWithJudge: string;
    askedTwice: (facts: {
      verdicts: number;
      doubtful: { asked: number; flipped: number };
      random: { asked: number; flipped: number };
    }) => string;
    flipRate: (rate: string, interval: string) => string;
    /** `tokens` null: not all were told; `estimate` then says about how many. */
    usage: (facts: {
      calls: number;
      cached: number;
      tokens: number | null;
      estimate: number;
    }) => string;
    versions: (list: string) => string;
    reproduce: (runId: string) => string;
  };

  people: {
    heading: string;
    claims: (facts: AgreementWords) => string;
    samples: (facts: AgreementWords) => string;
    corrected: (facts: { raw: string; mean: string; interval: string; labels: number }) => string;
  };

  advice: {
    title: (name: string) => string;
    intro: (facts: { causes: number; weak: number; total: number }) => string;
    basis: (n: number, total: number) => string;
    gainHeading: string;
    gainUp: (facts: GainWords) => string;
    gainDown: (facts: GainWords) => string;
    gainNone: (metric: string) => string;
    gainNote: string;
    effortHeading: string;
    engineerHeading: string;
    actionsHeading: string;
    proofHeading: string;
    checkHeading: string;
    gapHeading: string;
    gapColumns: readonly string[];
    moreGaps: (n: number) => string;
    question: string;
    answer: string;
    answerSays: string;
    referenceSays: string;
    passage: (rank: number, total: number) => string;
    noSupport: string;
    carriedBy: (ranks: string, total: number) => string;
    moreStatements: (n: number) => string;
    healthyHeading: string;
    healthy: (n: number) => string;
    healthyLimit: (n: number, share: string) => string;
    unjudged: string;
    unexplainedHeading: string;
    unexplained: string;
    metricLine: (facts: {
      metric: string;
      mean: string;
      interval: string | null;
      n: number;
    }) => string;
    blindHeading: string;
    blindLine: (facts: {
      metric: string;
      missing: number;
      total: number;
      reasons: string;
    }) => string;
    orderHeading: string;
    orderLine: (facts: { id: string; title: string; action: string; effort: string }) => string;
    orderNote: string;
    orderNothing: readonly string[];
    sendGroundTruth: string;
  };
}

export interface AgreementWords {
  n: number;
  rate: string;
  interval: string | null;
  /** Cohen's; null when chance explains everything. */
  kappa: string | null;
}

export interface GainWords {
  metric: string;
  bound: string;
  interval: string | null;
  /** null: the metric was not asked for, only computed from the judgements. */
  mean: string | null;
}

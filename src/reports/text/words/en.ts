import type { Advice } from "../../../contract/report.ts";
import type { MetricInfo } from "../../../contract/service.ts";
import type { Verdict } from "../../../scoring/judge.ts";
import { CLAIM_BYTES_PER_TEXT, CLAIMS_PER_TEXT } from "../../../scoring/judge.ts";
import type { JudgeKind } from "../../../scoring/outcome.ts";
import { CAUSE_WORDS, REASON_WORDS } from "../../../words/outcome-words.ts";

const samples = (n: number) => `${n} sample${n === 1 ? "" : "s"}`;

interface MeasuredWords {
  accuracy: string;
  interval: string;
  claims: number;
  day: string;
}

/** Every sentence of a report that is not advice. Arguments are numbers or Markdown that is already safe. */
export const en = {
  direction: { higher: "higher is better", lower: "lower is better" } satisfies Record<
    MetricInfo["direction"],
    string
  >,
  severity: { severe: "Severe", warning: "Warning", improve: "Could be better" } satisfies Record<
    Advice["severity"],
    string
  >,
  cause: CAUSE_WORDS.en,
  reason: REASON_WORDS.en,
  verdict: {
    supported: "supported",
    contradicted: "contradicted",
    unsupported: "unsupported",
  } satisfies Record<Verdict, string>,
  judge: {
    llm: "the chat model",
    decision: "the decision model",
    offline: "the offline judge",
  } satisfies Record<JudgeKind, string>,
  effort: {
    1: "small (a prompt or a setting)",
    2: "medium (a step of the pipeline)",
    3: "large (the index or the documents)",
  },
  none: "–",
  colon: ": ",
  aside: (text: string) => ` (${text})`,
  listSeparator: ", ",
  percent: (share: number) => `${share} %`,
  reasons: (parts: readonly { reason: string; n: number }[]) =>
    parts.map(({ reason, n }) => `${reason} (${n})`).join("; "),

  summary: {
    title: (name: string) => `Evaluation summary: ${name}`,
    scope: ({ total, valid, invalid }: { total: number; valid: number; invalid: number }) =>
      invalid === 0
        ? `${samples(total)}, ${total === 1 ? "scored" : "all of them scored"}.`
        : `${samples(total)}: ${valid} scored, ${invalid} without any score.`,
    rejectedRows: (n: number) =>
      `${n} row${n === 1 ? "" : "s"} of the upload could not be read and ${n === 1 ? "is" : "are"} in no number of this report.`,
    times: (startedAt: string, finishedAt: string) =>
      `Started ${startedAt}, finished ${finishedAt} (UTC).`,
    metricsHeading: "Metrics",
    metricColumns: [
      "Metric",
      "Mean",
      "95 % interval",
      "Samples (n)",
      "Coverage",
      "Smallest visible change",
      "Without a score because",
    ],
    metricsNote:
      "Coverage is the share of samples with a score among those the metric applies to. The smallest visible change is what a second run of the same size has to differ by before the difference is more than chance.",
    /** `judged`: judges with their numbers of samples. */
    judgedBy: (judged: readonly { judge: string; n: number }[]) =>
      `The judge of this run could not be used for all of it. Judged by ${judged.map(({ judge, n }) => `${judge}: ${samples(n)}`).join(", ")}. Numbers of two judges do not mix; where there are two, the means above hold both, and here they are apart.`,
    judgeColumns: ["Metric", "Judge", "Mean", "95 % interval", "Samples (n)"],
    noMetrics: "No metric was asked for.",
    distributionHeading: "Distribution",
    distribution: ({
      n,
      low,
      middle,
      high,
    }: {
      n: number;
      low: number;
      middle: number;
      high: number;
    }) => `of ${samples(n)}, ${high} at 0.8 or above, ${middle} from 0.5 to 0.8, ${low} below 0.5.`,
    band: (low: string, high: string) =>
      `Some samples failed; had they all come out worst or best, the mean would be ${low} or ${high}.`,
    causesHeading: "What was found",
    causeLine: (cause: string, n: number) => `${cause}: main cause in ${samples(n)}`,
    noCauses: "No cause of weakness was found in the judged samples.",
    firstAdvice: (id: string, title: string) =>
      `To do first (${id}): ${title}. The reasons and steps are in \`optimization_advice.md\`.`,
    lowestHeading: "Lowest samples",
    lowestColumns: ["Sample", "Weighted score", "Cause", "Question"],
    evidenceHeading: "The lowest samples and their evidence",
    morePassages: (n: number) => `${n} more passage${n === 1 ? " is" : "s are"} in evidence.jsonl.`,
    noLowest: "No sample has a score.",
    groupsHeading: "By tag",
    groupColumns: ["Tag", "Samples"],
    moreGroups: (n: number) => `${n} more tag${n === 1 ? " is" : "s are"} left out here.`,
    errorsHeading: "Samples that could not be scored",
    moreErrors: (n: number) => `and ${n} more.`,
    methodHeading: "How these numbers were made",
  },

  method: {
    judge: (name: string) => `Judge: ${name}.`,
    judgeModel: (model: string) => `Judge model: ${model}.`,
    embeddingModel: (model: string) => `Embedding model: ${model}.`,
    offlineLimits:
      "The offline judge compares words, numbers, dates, names and negations; no model is asked. It does not follow paraphrases or conclusions, so read single verdicts with care; means over many samples and comparisons of two versions are what it is good for.",
    llmLimits:
      "Verdicts come from a language model and can be wrong. Every verdict points to numbered sentences, so each one can be checked in evidence.jsonl.",
    lowConfidence: (n: number) =>
      `For ${samples(n)} the judge's own trust in its verdicts is low (texts on which it is known to be unsure).`,
    /** Samples with claims behind the bound. */
    uncheckedClaims: (n: number) =>
      `${samples(n)}: a text is checked up to ${CLAIMS_PER_TEXT} claims or ${CLAIM_BYTES_PER_TEXT} bytes; claims behind that were counted and not checked, so metrics that rest on them carry an interval or are failed.`,
    interval:
      "Intervals are 95 % and describe chance in the choice of samples, not mistakes of the judge.",
    intervalWithJudge:
      "Intervals are 95 % and describe chance in the choice of samples and, from what asking twice has shown, chance in the judge; not lasting mistakes of the judge.",
    controls: (held: number, asked: number) =>
      `Control claims whose verdicts are known came out right in ${held} of ${asked} replies of the judge.`,
    measured: ({ accuracy, interval, claims, day }: MeasuredWords) =>
      `On ${claims} claims whose verdicts are known this judge was right in ${accuracy} (95 % interval ${interval}), measured on ${day}, before the run ended.`,
    neverMeasured:
      "This judge had never been measured here on claims whose verdicts are known: how often it is right is not known.",
    unreliable:
      "The judge fails too many of its control claims: no number of this run is to be relied on.",
    askedTwice: ({
      verdicts,
      doubtful,
      random,
    }: {
      verdicts: number;
      doubtful: { asked: number; flipped: number };
      random: { asked: number; flipped: number };
    }) =>
      `The judge was asked a second time. Of ${verdicts} verdicts ${doubtful.asked} were doubtful and ${random.asked} drawn at random; ${doubtful.flipped} and ${random.flipped} of them came out differently. Scores rest on the first answers.`,
    flipRate: (rate: string, interval: string) =>
      `Flip rate of the judge over all verdicts: ${rate} (95 % interval ${interval}).`,
    /** `tokens` null: not all were told; `estimate` then says about how many. */
    usage: ({
      calls,
      cached,
      tokens,
      estimate,
    }: {
      calls: number;
      cached: number;
      tokens: number | null;
      estimate: number;
    }) =>
      `Judge calls: ${calls}, answered from stored judgements: ${cached}, tokens: ${tokens ?? `unknown, the endpoint did not tell (about ${estimate})`}.`,
    versions: (list: string) => `Versions: ${list}.`,
    reproduce: (runId: string) =>
      `To reproduce: every number follows from evidence.jsonl alone. \`POST /api/runs/${runId}/rescore\` computes it again without asking the judge; hashes of all files are in metadata.json.`,
  },

  people: {
    heading: "What people say of the judge",
    claims: ({ n, rate, interval, kappa }: AgreementWords) =>
      `On ${n} claim${n === 1 ? "" : "s"} people agree with the judge in ${rate}${interval ? ` (95 % interval ${interval})` : ""}${kappa ? `; Cohen's κ ${kappa}` : ""}.`,
    samples: ({ n, rate, interval, kappa }: AgreementWords) =>
      `On ${samples(n)} as a whole people agree with the judge in ${rate}${interval ? ` (95 % interval ${interval})` : ""}${kappa ? `; Cohen's κ ${kappa}` : ""}.`,
    corrected: ({
      raw,
      mean,
      interval,
      labels,
    }: {
      raw: string;
      mean: string;
      interval: string;
      labels: number;
    }) =>
      `${raw} by the judge, ${mean} as people would have judged (95 % interval ${interval}, from ${labels} labelled claims).`,
  },

  advice: {
    title: (name: string) => `Optimization advice: ${name}`,
    intro: ({ causes, weak, total }: { causes: number; weak: number; total: number }) => {
      const found =
        causes === 1 ? "One cause of weakness was" : `${causes} causes of weakness were`;
      const where =
        total === 1
          ? " in this sample."
          : `; ${weak} of ${total} samples are weak because of ${causes === 1 ? "it" : "them"}.`;
      const order =
        causes === 1
          ? ""
          : " The advice is ordered by what it can bring for the work it takes; for the order a sample counts for its main cause alone.";
      return `${found} found${where}${order}`;
    },
    basis: (n: number, total: number) =>
      `The advice rests on the ${n} weakest of ${total} samples; the numbers of the report count all of them.`,
    gainHeading: "What it can bring",
    gainUp: ({ metric, bound, interval, mean }: GainWords) =>
      `${metric}${mean ? ` is ${mean} and` : ""} can rise by at most ${bound}${interval ? ` (95 % interval ${interval})` : ""}.`,
    gainDown: ({ metric, bound, interval, mean }: GainWords) =>
      `${metric}${mean ? ` is ${mean} and` : ""} can fall (lower is better) by at most ${bound}${interval ? ` (95 % interval ${interval})` : ""}.`,
    gainNone: (metric: string) =>
      `${metric} would not move with this repaired; the cause is listed because the judgements prove it.`,
    gainNote:
      "The bound is computed, not estimated: in every sample the judgements of this cause are set right, everything else stays, and the metric is measured again.",
    effortHeading: "Effort",
    engineerHeading: "In an engineer's words (written by the model, numbers by the report)",
    actionsHeading: "What to do",
    proofHeading: "Samples that prove it",
    gapHeading: "Knowledge gap list",
    gapColumns: ["Sample", "Question", "Not in the retrieved passages"],
    moreGaps: (n: number) =>
      `${n} more ${n === 1 ? "gap follows" : "gaps follow"} from evidence.jsonl.`,
    checkHeading: "How to see that it worked",
    question: "Question",
    answer: "Answer",
    answerSays: "The answer says",
    referenceSays: "Expected",
    passage: (rank: number, total: number) => `Passage ${rank} of ${total}`,
    noSupport: "no passage supports this",
    carriedBy: (ranks: string, total: number) => `Carried by rank ${ranks} of ${total}`,
    moreStatements: (n: number) => `and ${n} more statement${n === 1 ? "" : "s"} in this sample`,
    healthyHeading: "Nothing to fix was found",
    healthy: (n: number) =>
      `${n === 1 ? "The sample shows none" : `None of the ${n} samples shows one`} of the eight causes this report looks for: ${Object.values(CAUSE_WORDS.en).join(", ")}.`,
    healthyLimit: (n: number, share: string) =>
      `How sure that is: with ${samples(n)} and no finding, a fault may still hit up to ${share} of all answers without showing here (95 % limit). More samples make this smaller.`,
    unjudged:
      "No sample could be judged, so nothing can be said about causes. The reasons are in summary.md.",
    unexplainedHeading: "Low, but without a proven cause",
    unexplained:
      "These means are below the line of 0.85, yet nothing above explains them. Usually an input is missing that would tell why (ground truth, contexts), or the metric compares wording rather than facts.",
    metricLine: ({
      metric,
      mean,
      interval,
      n,
    }: {
      metric: string;
      mean: string;
      interval: string | null;
      n: number;
    }) => `${metric}: ${mean}${interval ? ` (95 % interval ${interval})` : ""}, n = ${n}`,
    blindHeading: "What this advice cannot see",
    blindLine: ({
      metric,
      missing,
      total,
      reasons,
    }: {
      metric: string;
      missing: number;
      total: number;
      reasons: string;
    }) => `${metric} has no value for ${missing} of ${samples(total)}: ${reasons}`,
    orderHeading: "What to do first",
    orderLine: ({
      id,
      title,
      action,
      effort,
    }: {
      id: string;
      title: string;
      action: string;
      effort: string;
    }) => `**${id} ${title}.** ${action} Effort: ${effort}.`,
    orderNote:
      "Change one thing at a time and score the same questions again; only then can the difference be put down to the change.",
    orderNothing: [
      "Leave the pipeline as it is.",
      "Add questions that users really ask, above all rare and difficult ones, until the limit above is small enough for you.",
    ],
    sendGroundTruth:
      "Send `ground_truth` along: without it nothing can be said about what retrieval or answer left out.",
  },
};

export type Words = typeof en;

interface AgreementWords {
  n: number;
  rate: string;
  interval: string | null;
  /** Cohen's; null when chance explains everything. */
  kappa: string | null;
}

interface GainWords {
  metric: string;
  bound: string;
  interval: string | null;
  /** null: the metric was not asked for, only computed from the judgements. */
  mean: string | null;
}

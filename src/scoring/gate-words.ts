/** What a gate says, in the language of whoever asks. Arguments are numbers and names only. */
export interface GateWords {
  noValue: (metric: string) => string;
  /** A mean over samples. */
  mean: (metric: string, value: string, range: string, n: number) => string;
  one: (metric: string, value: string) => string;
  pass: (shown: string, rule: string) => string;
  fail: (shown: string, rule: string) => string;
  open: (shown: string, rule: string) => string;
  /** The verdict would be another without the numbers of low confidence. */
  unsure: (shown: string, low: number, n: number) => string;
  fewPairs: (metric: string, n: number) => string;
  moved: (metric: string, change: string, range: string, pairs: number) => string;
  worse: (shown: string, allowed: string | null) => string;
  openLoss: (shown: string, allowed: string) => string;
  range: (low: string, high: string) => string;
  /** Samples that no number of the run rests on. */
  noAnswer: (n: number, total: number) => string;
  notScored: (n: number, total: number) => string;
  rejected: (n: number) => string;
  refusals: (n: number, total: number) => string;
  /** The judge fails its own control claims. */
  unreliable: (held: number, asked: number) => string;
  /** `judged`: kinds of judge with their numbers of samples. */
  judges: (judged: string) => string;
}

const is = (n: number) => (n === 1 ? "is" : "are");
const s = (n: number) => (n === 1 ? "" : "s");

export const GATE_WORDS: Readonly<Record<"en" | "zh", GateWords>> = {
  en: {
    noValue: (metric) => `${metric} has no value.`,
    mean: (metric, value, range, n) => `${metric} is ${value} (95 % interval ${range}, n = ${n})`,
    one: (metric, value) => `${metric} is ${value} (one sample)`,
    pass: (shown, rule) => `${shown}: ${rule} holds.`,
    fail: (shown, rule) => `${shown}: ${rule} does not hold.`,
    open: (shown, rule) =>
      `${shown}: the interval lies on both sides of ${rule}; more samples would tell.`,
    unsure: (shown, low, n) =>
      `${shown}: this rests on ${low} of ${n} number${s(n)} of low confidence; a model as judge would tell.`,
    fewPairs: (metric, n) =>
      `${metric}: only ${n} sample${s(n)} can be paired with the base run; six are needed.`,
    moved: (metric, change, range, pairs) =>
      `${metric} moved by ${change} (95 % interval ${range}, ${pairs} pairs)`,
    worse: (shown, allowed) =>
      `${shown}: worse than the base run by more than ${allowed ?? "chance"}.`,
    openLoss: (shown, allowed) =>
      `${shown}: a loss of more than ${allowed} is neither shown nor ruled out; more samples would tell.`,
    range: (low, high) => `${low} to ${high}`,
    noAnswer: (n, total) =>
      `${n} of ${total} samples ${n === 1 ? "has" : "have"} no answer; each counts as anything from worst to best.`,
    notScored: (n, total) =>
      `${n} of ${total} samples could not be scored; each counts as anything from worst to best.`,
    rejected: (n) => `${n} row${s(n)} of the upload could not be read and ${is(n)} in no number.`,
    judges: (judged) =>
      `The run's judge could not be used for all samples (${judged}); numbers of two judges do not mix, so read this verdict with care.`,
    unreliable: (held, asked) =>
      `The judge passed its control claims in only ${held} of ${asked} replies: no number of this run is to be relied on.`,
    refusals: (n, total) =>
      `${n} of ${total} answers decline to answer; metrics about what an answer claims leave them out.`,
  },
  zh: {
    noValue: (metric) => `${metric} 没有数值。`,
    mean: (metric, value, range, n) => `${metric} 为 ${value}（95% 区间 ${range}，n = ${n}）`,
    one: (metric, value) => `${metric} 为 ${value}（单个样本）`,
    pass: (shown, rule) => `${shown}：满足 ${rule}。`,
    fail: (shown, rule) => `${shown}：不满足 ${rule}。`,
    open: (shown, rule) => `${shown}：区间跨在 ${rule} 两侧，样本更多才能判定。`,
    unsure: (shown, low, n) =>
      `${shown}：这取决于 ${n} 个数值中把握低的 ${low} 个，接入评判模型才能判定。`,
    fewPairs: (metric, n) => `${metric}：只有 ${n} 个样本能与基准运行配对，至少需要 6 个。`,
    moved: (metric, change, range, pairs) =>
      `${metric} 变化 ${change}（95% 区间 ${range}，${pairs} 对样本）`,
    worse: (shown, allowed) =>
      allowed === null
        ? `${shown}：差于基准运行，且不是偶然。`
        : `${shown}：比基准运行差，幅度超过 ${allowed}。`,
    openLoss: (shown, allowed) =>
      `${shown}：下降是否超过 ${allowed} 既未证实也未排除，样本更多才能判定。`,
    range: (low, high) => `${low} 到 ${high}`,
    noAnswer: (n, total) =>
      `${total} 个样本中有 ${n} 个没有回答，每个都可能是最差到最好之间的任何值。`,
    notScored: (n, total) =>
      `${total} 个样本中有 ${n} 个没能评分，每个都可能是最差到最好之间的任何值。`,
    rejected: (n) => `上传的文件中有 ${n} 行无法读取，不计入任何数字。`,
    judges: (judged) =>
      `本次运行的评判没能用于全部样本（${judged}）；两种评判的数字不能混在一起看，此结论仅供参考。`,
    unreliable: (held, asked) =>
      `评判模型的 ${asked} 次回复中只有 ${held} 次通过对照题，本次运行的数字不可依赖。`,
    refusals: (n, total) => `${total} 个回答中有 ${n} 个拒绝作答，评价回答内容的指标没有计入它们。`,
  },
};

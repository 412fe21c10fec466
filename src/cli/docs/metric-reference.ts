import type { Language } from "../../contract/outcome.ts";
import type { MetricInfo } from "../../contract/service.ts";
import { REASONS } from "../../scoring/outcome.ts";

type Words = Readonly<Record<Language, string>>;

const FAMILIES: Record<MetricInfo["family"], Words> = {
  faithfulness: { en: "Faithfulness", zh: "忠实" },
  relevancy: { en: "Relevancy", zh: "切题" },
  retrieval: { en: "Retrieval", zh: "检索" },
  correctness: { en: "Correctness", zh: "正确" },
  ragchecker: { en: "RAGChecker's own", zh: "RAGChecker 原值" },
  text: { en: "Text and ids", zh: "文本与编号" },
  other: { en: "Other", zh: "其他" },
};

const REASON_MEANINGS: Record<(typeof REASONS)[number], readonly [en: string, zh: string]> = {
  missing_answer: ["the row has no answer", "这一行没有回答"],
  missing_contexts: ["no `contexts` were sent", "没有传入检索段落"],
  missing_ground_truth: ["no `ground_truth` was sent", "没有传入参考答案"],
  missing_reference_contexts: ["no `reference_contexts` were sent", "没有传入标准段落"],
  missing_ids: ["no `retrieved_ids` or `reference_ids` were sent", "没有传入段落编号"],
  no_claims: ["the answer states nothing that can be checked", "回答中没有可核对的论断"],
  no_reference_claims: [
    "the reference states nothing that can be checked",
    "参考答案中没有可核对的论断",
  ],
  abstained: ["the answer declines to answer", "回答为拒答"],
  judge_error: [
    "the judge's reply could not be used, even after asking again",
    "评判结果无法使用，追问后仍然如此",
  ],
  judge_refused: ["the judge declined", "评判模型拒绝作答"],
  budget: [
    "the text is too long to work through, or the calls of one sample are used up",
    "文本过长无法处理，或单个样本的调用次数已用完",
  ],
  cancelled: ["the job was cancelled", "任务已取消"],
  not_asked: [
    "a run computed again names a metric its judge was never asked about; score the samples anew",
    "重新计算时指定了当时没有向评判模型提出的指标；请重新评分",
  ],
  small_talk: [
    "a greeting, thanks or a goodbye without a reference answer: nothing was asked",
    "问候、致谢或告别，且没有参考答案：没有提问",
  ],
};

const WORDS = {
  en: {
    title: "Metrics",
    written:
      "Written by `npm run docs` from `src/scoring/metrics/`, which `GET /api/metrics` serves; do not edit here.",
    columns: "| metric | better | needs | default |",
    higher: "higher",
    lower: "lower",
    yes: "yes",
    reasons: "Why a metric has no number",
    reasonColumns: "| reason | meaning |",
  },
  zh: {
    title: "指标",
    written:
      "本页由 `npm run docs` 根据 `src/scoring/metrics/` 生成，与 `GET /api/metrics` 一致，请勿在此修改。",
    columns: "| 指标 | 怎样更好 | 需要 | 默认 |",
    higher: "越高越好",
    lower: "越低越好",
    yes: "是",
    reasons: "为什么没有分数",
    reasonColumns: "| 原因 | 含义 |",
  },
} as const;

/** The metrics reference as Markdown, in the order of the catalogue. */
export function renderMetricReference(
  catalogue: readonly MetricInfo[],
  language: Language,
): string {
  const words = WORDS[language];
  const families = [...new Set(catalogue.map(({ family }) => family))];
  const [low, high] = bounds(catalogue);
  const about = {
    en: `There are ${catalogue.length}. Every value is from ${low} to ${high} or absent with a reason, never NaN. Ragas' names mean what Ragas documents, RAGChecker's carry \`rc_\`; where a value can differ from its namesake's, it says how.`,
    zh: `共 ${catalogue.length} 项。数值要么在 ${low} 到 ${high} 之间，要么缺失并注明原因，绝不出现 NaN。与 Ragas 同名的指标含义即 Ragas 文档中的含义，RAGChecker 的带有 \`rc_\`；数值可能与同名指标不同之处，均逐条写明。`,
  };
  return [
    `# ${words.title}`,
    "",
    words.written,
    "",
    about[language],
    "",
    words.columns,
    "| --- | --- | --- | --- |",
    ...catalogue.map(
      ({ name, direction, needs, default: isDefault }) =>
        `| [\`${name}\`](#${name}) | ${words[direction]} | ${needs.join(", ")} | ${isDefault ? words.yes : ""} |`,
    ),
    "",
    ...families.flatMap((family) => [
      `## ${FAMILIES[family][language]}`,
      "",
      ...catalogue
        .filter((metric) => metric.family === family)
        .flatMap((metric) => renderMetric(metric, language)),
    ]),
    `## ${words.reasons}`,
    "",
    words.reasonColumns,
    "| --- | --- |",
    ...REASONS.map(
      (reason) => `| \`${reason}\` | ${REASON_MEANINGS[reason][language === "en" ? 0 : 1]} |`,
    ),
    "",
  ].join("\n");
}

function renderMetric(metric: MetricInfo, language: Language): string[] {
  const { name, title, description, formula, direction, range, needs, source, deviation } = metric;
  const [low, high] = range;
  const facts = {
    en: [
      `- Formula: ${formula}`,
      `- Range ${low} to ${high}, ${direction} is better. Needs ${needs.join(", ")}.`,
      `- Source: ${source}`,
      ...(deviation ? [`- Difference: ${deviation.en}`] : []),
    ],
    zh: [
      `- 公式：${formula}`,
      `- 范围 ${low} 到 ${high}，${WORDS.zh[direction]}。需要 ${needs.join("、")}。`,
      `- 来源：${source}`,
      ...(deviation ? [`- 差异：${deviation.zh}`] : []),
    ],
  };
  const lead = language === "en" ? `**${title.en}**. ` : `**${title.zh}** ${title.en}。`;
  return [`### ${name}`, "", `${lead}${description[language]}`, "", ...facts[language], ""];
}

function bounds(catalogue: readonly MetricInfo[]): readonly [low: number, high: number] {
  const low = Math.min(...catalogue.map(({ range }) => range[0]));
  const high = Math.max(...catalogue.map(({ range }) => range[1]));
  return [low, high];
}

import type { MetricInfo } from "../../contract/service.ts";
import { REASONS } from "../../scoring/outcome.ts";

const FAMILIES: Record<MetricInfo["family"], string> = {
  faithfulness: "Faithfulness · 忠实",
  relevancy: "Relevancy · 切题",
  retrieval: "Retrieval · 检索",
  correctness: "Correctness · 正确",
  ragchecker: "RAGChecker's own · RAGChecker 原值",
  text: "Text and ids · 文本与编号",
  other: "Other · 其他",
};

const REASON_MEANINGS: Record<(typeof REASONS)[number], [en: string, zh: string]> = {
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

/** The metrics reference as Markdown, in the order of the catalogue. */
export function renderMetricReference(catalogue: readonly MetricInfo[]): string {
  const families = [...new Set(catalogue.map(({ family }) => family))];
  return [
    "# Metrics · 指标说明",
    "",
    "Written by `npm run docs` from `src/scoring/metrics/`, which `GET /api/metrics` serves; do not edit here.",
    "",
    `There are ${catalogue.length}. Every value is ${bounds(catalogue)} or absent with a reason, never NaN. Ragas' names mean what Ragas documents, RAGChecker's carry \`rc_\`; where a value can differ from its namesake's, it says how.`,
    "",
    "共 " +
      `${catalogue.length} 项。数值要么在范围内，要么缺失并注明原因，绝不出现 NaN。与 Ragas、RAGChecker 同名的指标若有差异，均逐条写明。`,
    "",
    "| metric | better | needs | default |",
    "| --- | --- | --- | --- |",
    ...catalogue.map(
      ({ name, direction, needs, default: isDefault }) =>
        `| [\`${name}\`](#${name}) | ${direction} | ${needs.join(", ")} | ${isDefault ? "yes" : ""} |`,
    ),
    "",
    ...families.flatMap((family) => [
      `## ${FAMILIES[family]}`,
      "",
      ...catalogue.filter((metric) => metric.family === family).flatMap(renderMetric),
    ]),
    "## Why a metric has no number · 为什么没有分数",
    "",
    "| reason | meaning | 含义 |",
    "| --- | --- | --- |",
    ...REASONS.map((reason) => `| \`${reason}\` | ${REASON_MEANINGS[reason].join(" | ")} |`),
    "",
  ].join("\n");
}

function renderMetric(metric: MetricInfo): string[] {
  const { name, title, description, formula, direction, range, needs, source, deviation } = metric;
  return [
    `### ${name}`,
    "",
    `**${title.en} · ${title.zh}**. ${description.en}`,
    "",
    description.zh,
    "",
    `- Formula: ${formula}`,
    `- Range ${range[0]} to ${range[1]}, ${direction} is better. Needs ${needs.join(", ")}.`,
    `- Source: ${source}`,
    ...(deviation ? [`- Difference: ${deviation.en}`, `- 差异：${deviation.zh}`] : []),
    "",
  ];
}

function bounds(catalogue: readonly MetricInfo[]): string {
  const low = Math.min(...catalogue.map(({ range }) => range[0]));
  const high = Math.max(...catalogue.map(({ range }) => range[1]));
  return `from ${low} to ${high}`;
}

import { sentences } from "./sentence.ts";

/** What a value must be that no schema can say by itself; each goes on after the name of a field or parameter. */
export const SCHEMA_RULES = sentences({
  rule_slug: {
    en: "a name is letters, digits, - and _, such as polite-tone",
    zh: "名字由字母、数字、- 和 _ 组成，例如 polite-tone",
  },
  rule_lines_rise: {
    en: "the three lines must rise: severe, warning, improve",
    zh: "三条界线必须递增：severe、warning、improve",
  },
  rule_project_id: {
    en: "Use 1 to 40 of a-z, 0-9 and inner hyphens.",
    zh: "请用 1 到 40 个 a-z、0-9 和中间的连字符。",
  },
  rule_criteria_names: { en: "two criteria have the same name", zh: "有两条标准同名" },
  rule_most_metrics: { en: "at most {limit} metrics", zh: "最多 {limit} 个指标" },
  rule_whole_number: {
    en: "must be a whole number from 1 to {limit}",
    zh: "必须是 1 到 {limit} 的整数",
  },
  rule_number: { en: "must be a number", zh: "必须是数字" },
  rule_one_of: { en: "must be one of: {values}", zh: "必须是以下之一：{values}" },
  rule_metric: {
    en: "must be one of: {values}; see GET /api/metrics",
    zh: "必须是以下之一：{values}；见 GET /api/metrics",
  },
  rule_metric_or_criterion: {
    en: "must be the name of a metric or criterion:<name>; see GET /api/metrics",
    zh: "必须是指标的名字或 criterion:<name>；见 GET /api/metrics",
  },
  rule_sample_value: {
    en: "must be gain, weighted_score, the name of a metric or criterion:<name>; see GET /api/metrics",
    zh: "必须是 gain、weighted_score、指标的名字或 criterion:<name>；见 GET /api/metrics",
  },
  rule_job_value: {
    en: "must be weighted_score, the name of a metric or criterion:<name>; see GET /api/metrics",
    zh: "必须是 weighted_score、指标的名字或 criterion:<name>；见 GET /api/metrics",
  },
  rule_sample_order: {
    en: "must be feedback, gain, weighted_score, the name of a metric or criterion:<name>; see GET /api/metrics",
    zh: "必须是 feedback、gain、weighted_score、指标的名字或 criterion:<name>；见 GET /api/metrics",
  },
  rule_characters: { en: "must have at most {limit} characters", zh: "最多 {limit} 个字符" },
  rule_job_id: { en: "must be the id of a job", zh: "必须是任务的 id" },
  rule_run_id: { en: "must be the id of a run", zh: "必须是运行的 id" },
  rule_time: {
    en: "must be a time such as 2026-01-31 or 2026-01-31T08:00:00Z",
    zh: "必须是时间，例如 2026-01-31 或 2026-01-31T08:00:00Z",
  },
  rule_tag_or_value: {
    en: "must be a tag: `name` or `name=value`",
    zh: "必须是标签：`name` 或 `name=value`",
  },
  rule_tag_value: { en: "must be a tag: `name=value`", zh: "必须是标签：`name=value`" },
  rule_subject: {
    en: "needs a value it is about: set metric, or the sort of samples, to weighted_score, the name of a metric or criterion:<name>",
    zh: "需要指明针对哪个值：请把 metric（样本也可以用 sort）设为 weighted_score、指标的名字或 criterion:<name>",
  },
});

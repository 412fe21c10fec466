import { sentences } from "./sentence.ts";

/** Why a job or a sample of it failed, or waits. */
export const FAILURES = sentences({
  nothing_scored: {
    en: "No metric could be scored.{reasons}{more}{fix}",
    zh: "没有一项指标得到分数。{reasons}{more}{fix}",
  },
  told: { en: "{text}", zh: "{text}" },
  and_then: { en: " {sentence}", zh: "{sentence}" },
  gave_up: {
    en: "Gave up after {attempts} attempts. Last reason: {reason}",
    zh: "尝试 {attempts} 次后放弃。最后的原因：{reason}",
  },
  broke: {
    en: "Something broke on our side while scoring; it will be tried again.",
    zh: "评分时我们这边出了错，会再试。",
  },
  cut_off: {
    en: "Scoring was cut off too often, so it was given up. Retry the job once the cause is cured.",
    zh: "评分多次中断，已经放弃；排除原因后可以重试。",
  },
  cut_off_nearby: {
    en: "Scoring was cut off too often at this sample or its neighbours, so it was given up.",
    zh: "评分在这个样本或相邻样本处多次中断，已经放弃。",
  },
  broke_often: {
    en: "Scoring broke too often, so it was given up. Retry the job once the cause is cured.",
    zh: "评分多次出错，已经放弃；排除原因后可以重试。",
  },
  no_answer_in_row: {
    en: "The row has a question and no answer.",
    zh: "这一行只有问题，没有回答。",
  },
  texts_gone: {
    en: "The texts of this sample are gone; this project does not keep them once a job has ended.",
    zh: "这个样本的文本已不在：本项目在任务结束后不保留文本。",
  },
  no_sample_scored: { en: "No sample could be scored.", zh: "没有一个样本得到分数。" },
  judge_rests: {
    en: "{reason} Judge work rests until {until} and then goes on by itself.",
    zh: "{reason}评判暂停到 {until}，之后自动继续。",
  },
  side_answer: { en: "answer", zh: "回答" },
  side_reference: { en: "reference", zh: "参考答案" },
});

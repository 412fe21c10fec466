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
  judge_slow: {
    en: "The judge did not answer within {seconds} s. Check OPENAI_BASE_URL, or choose a faster model.",
    zh: "评判在 {seconds} 秒内没有应答。请检查 OPENAI_BASE_URL，或换一个更快的模型。",
  },
  judge_out_of_form: {
    en: "The model answers, but not in the form that was asked for. Try another model.{notes}",
    zh: "模型有应答，但不是要求的形式。请换一个模型。{notes}",
  },
  judge_wrong_verdicts: {
    en: "The model answers in form, but took an unsupported statement for supported or the other way round. Its scores cannot be relied on.",
    zh: "模型的应答形式正确，但把没有依据的论断当成有依据，或反过来。它的分数不可信。",
  },
  side_answer: { en: "answer", zh: "回答" },
  side_reference: { en: "reference", zh: "参考答案" },
});

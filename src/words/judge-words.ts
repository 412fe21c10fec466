import { sentences } from "./sentence.ts";

/** What went wrong between us and a chat model: first what it was asked, then what came of it. */
export const JUDGE_WORDS = sentences({
  task_split_answer: { en: "splitting the answer into claims", zh: "把回答拆成论断" },
  task_split_reference: { en: "splitting the reference into claims", zh: "把参考答案拆成论断" },
  task_split_answer_again: {
    en: "splitting the answer into claims again",
    zh: "再次把回答拆成论断",
  },
  task_split_reference_again: {
    en: "splitting the reference into claims again",
    zh: "再次把参考答案拆成论断",
  },
  task_check: { en: "checking claims against the passages", zh: "对照段落核对论断" },
  task_judge_passages: { en: "judging passages and criteria", zh: "评判段落和自定义标准" },
  task_compare: { en: "comparing answer and reference", zh: "比较回答与参考答案" },
  reply_limit: {
    en: "{task}: the limit of {limit} calls is reached.",
    zh: "{task}：调用次数到了上限 {limit} 次。",
  },
  reply_refused: {
    en: "{task}: the judge refused (content filter).{theirs}",
    zh: "{task}：评判模型拒绝了（内容过滤）。{theirs}",
  },
  reply_controls: {
    en: "{task}: the judge failed the control claims twice; its verdicts were thrown away.",
    zh: "{task}：评判模型两次没有通过对照题，它的结论已经作废。",
  },
  reply_unusable: {
    en: "{task}: no usable reply for {missing} of {asked} after asking again.",
    zh: "{task}：再问一次后，{asked} 项中仍有 {missing} 项没有可用的回复。",
  },
  reply_left_out: {
    en: "{task}: the model gave no answer to {missing} of {asked} questions.",
    zh: "{task}：{asked} 个问题中有 {missing} 个模型没有回答。",
  },
  reply_other_model: {
    en: "{model} was asked, and {answered} answered.",
    zh: "询问的是 {model}，应答的却是 {answered}。",
  },
  task_evidence: { en: "finding the sentences behind the verdicts", zh: "查找结论所依据的句子" },
  task_all_passages: { en: "reading all passages together", zh: "合读全部段落" },
  reply_passage_long: {
    en: "a passage is too long for the judge model.",
    zh: "有一个段落超过了评判模型的长度。",
  },
  reply_usage_unknown: {
    en: "The model's endpoint does not tell how many tokens a call used; the count is unknown, and the daily quota is charged an estimate.",
    zh: "模型接口没有报告每次调用用了多少词元：用量未知，每日额度按估计扣减。",
  },
  embeddings_no_model: {
    en: 'embeddings: the endpoint has no embedding model "{model}"; set EMBEDDING_MODEL to one it has, or leave it empty.{theirs}',
    zh: "向量：接口没有向量模型“{model}”；请把 EMBEDDING_MODEL 设为它有的模型，或留空。{theirs}",
  },
  embeddings_long: {
    en: "embeddings: the answer or the reference is too long for the embedding model.",
    zh: "向量：回答或参考答案超过了向量模型的长度。",
  },
  embeddings_missing: {
    en: "embeddings: the reply has missing vectors or vectors of different lengths.",
    zh: "向量：回复里缺少向量，或向量长度不一。",
  },
  embeddings_zero: {
    en: "embeddings: a vector is zero or not finite.",
    zh: "向量：有的向量为零或不是有限的数。",
  },
  provider_says: { en: " It says: “{words}”", zh: "它说：“{words}”" },
  judge_timeout: {
    en: "The judge {model} did not answer within {seconds} s.",
    zh: "评判模型 {model} 在 {seconds} 秒内没有应答。",
  },
  judge_unusable: {
    en: "The judge {model} cannot be used: {detail}.{theirs} Check {names}.",
    zh: "评判模型 {model} 无法使用：{detail}。{theirs}请检查 {names}。",
  },
  judge_spent: {
    en: "The judge {model} has used up its allowance of the day; it is asked again after {until}.{theirs}",
    zh: "评判模型 {model} 当天的额度已用完，{until} 之后再询问。{theirs}",
  },
  judge_away: {
    en: "The judge {model} is not available: {detail}.{theirs}",
    zh: "评判模型 {model} 不可用：{detail}。{theirs}",
  },
  provider_refuses: { en: "it refuses the request as we send it", zh: "它拒绝了我们发送的请求" },
  provider_answer_large: {
    en: "it answered with more than {limit}",
    zh: "它的应答超过 {limit}",
  },
  provider_connection: { en: "the connection broke", zh: "连接中断" },
  provider_no_reply: { en: "it answered without a reply", zh: "它应答了，但没有回复内容" },
  provider_web_page: {
    en: "it answered with a web page, so the address may be wrong (most end in /v1)",
    zh: "它返回的是网页，地址可能不对（多数以 /v1 结尾）",
  },
  provider_no_credit: { en: "the account has no credit left", zh: "账户已没有余额" },
  provider_status: { en: "it answered {status}", zh: "它返回了 {status}" },
  provider_key_refused: { en: "the key was refused ({status})", zh: "密钥被拒绝（{status}）" },
  provider_unknown_model: {
    en: "it does not know this address or model ({status})",
    zh: "它没有这个地址或模型（{status}）",
  },
});

import { sentences } from "./sentence.ts";

const NEEDS_MODEL = {
  en: "Set OPENAI_API_KEY (and JUDGE to auto or llm) so that a model judges.",
  zh: "配置 OPENAI_API_KEY（JUDGE 设为 auto 或 llm），由模型评判。",
} as const;

const OTHER_MODEL = {
  en: "Retry the job; if it happens again, choose another JUDGE_MODEL.",
  zh: "请重试；如果再次出现，请换一个 JUDGE_MODEL。",
} as const;

/** What was wrong with the replies of a judge: one warning a code, with the first of its sentences. */
export const REPLY_WARNINGS = sentences({
  judge_reply_unusable: { en: "{reasons}{more}", zh: "{reasons}{more}", fix: OTHER_MODEL },
  judge_controls_failed: { en: "{reasons}{more}", zh: "{reasons}{more}", fix: OTHER_MODEL },
  judge_refused: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Judge these texts with a model whose content filter lets them pass, or with the offline judge.",
      zh: "请换用内容过滤允许这些文本的模型，或用离线评判。",
    },
  },
  judge_other_model: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Set DECISION_MODEL to the exact version that is to judge; an alias may change.",
      zh: "请把 DECISION_MODEL 设为要用的确切版本；别名可能会变。",
    },
  },
  judge_call_limit: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Send shorter texts, or fewer of them in one sample.",
      zh: "请缩短文本，或减少一个样本里的段落。",
    },
  },
  judge_text_too_long: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Choose a model with a longer context, or send shorter passages.",
      zh: "请换用上下文更长的模型，或发送更短的段落。",
    },
  },
  embeddings_unusable: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Set EMBEDDING_MODEL to a model the endpoint has, or leave it empty.",
      zh: "把 EMBEDDING_MODEL 设为接口提供的模型，或留空。",
    },
  },
  judge_usage_unknown: {
    en: "{reasons}{more}",
    zh: "{reasons}{more}",
    fix: {
      en: "Nothing is to be done, unless the endpoint can be told to report usage.",
      zh: "通常无需处理；如果接口可以设置，请让它返回 usage。",
    },
  },
});

/** What is to be known of how a job was scored, or of what becomes of it. */
export const SCORING_WARNINGS = sentences({
  criteria_need_model: {
    en: "The offline judge cannot judge criteria, so {criteria} will be failed (judge_error).",
    zh: "离线评判无法评自定义标准，{criteria} 会记为失败（judge_error）。",
    fix: NEEDS_MODEL,
  },
  usefulness_needs_model: {
    en: "The offline judge cannot judge usefulness, so context_precision and context_utilization rest on the evidence of claims.",
    zh: "离线评判无法判断段落是否有用，context_precision 和 context_utilization 改按论断的证据计算。",
    fix: NEEDS_MODEL,
  },
  judge_fallback: {
    en: "The model was away, so the offline judge scored instead, as the request allows.",
    zh: "模型不可用，已按请求允许的方式改用离线评判。",
    fix: {
      en: "Send the sample again later for scores by the model.",
      zh: "需要模型的分数时，请稍后重新提交该样本。",
    },
  },
  claims_unchecked: {
    en: "The {side} is checked up to {claims} claims or {bytes} bytes; {count} claims behind that were not checked. Metrics that rest on them have an interval, or are failed (budget).",
    zh: "{side}核对到前 {claims} 条论断或前 {bytes} 个字节，其后的 {count} 条没有核对；依据它们的指标会带区间，或记为失败（budget）。",
    fix: {
      en: "Score the text in parts, each with its own contexts.",
      zh: "请把文本分成几部分评分，各自带上相应的 contexts。",
    },
  },
  duplicate_submission: {
    en: "The same payload was posted within the last 60 seconds, so this is the first job, not a second one.",
    zh: "60 秒内收到过完全相同的请求，这里返回的是第一次的记录，没有再评一次。",
    fix: {
      en: "Send an Idempotency-Key of your own, for example {{#sys.workflow_run_id#}}, to make each run its own job.",
      zh: "如果每次运行都要单独成为一条记录，请自带 Idempotency-Key，例如 {{#sys.workflow_run_id#}}。",
    },
  },
  webhook_not_configured: {
    en: "No webhook will be sent to `callback_url`: this server has no secret to sign it with.",
    zh: "不会向 `callback_url` 发送 Webhook：服务器没有用于签名的密钥。",
    fix: {
      en: "Set WEBHOOK_SECRET to whsec_ and the Base64 of 24 to 64 random bytes, or poll the job.",
      zh: "把 WEBHOOK_SECRET 设为 whsec_ 加 24 到 64 个随机字节的 Base64，或轮询任务状态。",
    },
  },
  rescored: {
    en: "Computed from the judgements of {base}; no judge was asked.",
    zh: "由 {base} 的评判结果重新计算，没有再次询问评判。",
    fix: {
      en: "Score the samples anew for metrics that need other judgements.",
      zh: "如果指标需要别的评判，请重新评这些样本。",
    },
  },
});

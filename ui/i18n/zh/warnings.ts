import type { Dictionary } from "../en.ts";

const FORM_BODY =
  "在 Dify 的 HTTP 请求节点选择 x-www-form-urlencoded 请求体，或用模板节点的 tojson 拼出整个 JSON。";
const NEEDS_MODEL = "配置 OPENAI_API_KEY（JUDGE 设为 auto 或 llm），由模型评判。";

export const warnings: Dictionary["warnings"] = {
  known: {
    dify_json_repaired: {
      message: "Dify 的 JSON 修复改动了请求体，文本可能被截断或缺失。",
      fix: FORM_BODY,
    },
    dify_json_unescaped: {
      message: "文本未经转义就拼进了 JSON：这次完整到达，但文本一旦含有引号或反斜杠就会被改动。",
      fix: FORM_BODY,
    },
    contexts_unreadable: {
      message: "没能从上下文字段读出任何段落，依赖上下文的指标已跳过。",
      fix: `上下文请发送字符串数组，或 Dify 的 {{#节点.result#}} 变量。${FORM_BODY}`,
    },
    contexts_empty: {
      message: "上下文字段为空，依赖上下文的指标已跳过。",
      fix: "如果检索已执行但没有结果，请发送 []（Dify 表单中在变量前直接写 []）；否则请检查变量所在的节点。",
    },
    contexts_dropped: {
      message: "部分检索结果没有文本，已略去。",
      fix: "让每条检索结果都带有 content 文本。",
    },
    contexts_limited: {
      message: "段落数超过上限，只评最前面的部分。",
      fix: "只发送模型真正看到的段落，按检索顺序排列。",
    },
    unknown_field: {
      message: "有的字段名无法识别，没有读取。",
      fix: "请检查拼写；可用字段见 /openapi.json。",
    },
    unresolved_variable: {
      message: "字段里是 Dify 变量的名字而不是值，按缺失处理。",
      fix: "在 HTTP 请求节点重新选择该变量：对应节点被跳过、改名，或没有这个输出。",
    },
    think_not_closed: {
      message: "答案里的 <think> 没有结束标记，其后的内容已全部略去。",
      fix: "调高模型的 token 上限，或在 LLM 节点关闭推理。",
    },
    criteria_need_model: {
      message: "离线评判无法评自定义标准，这些指标会记为失败（judge_error）。",
      fix: NEEDS_MODEL,
    },
    usefulness_needs_model: {
      message:
        "离线评判无法判断段落是否有用，context_precision 和 context_utilization 改按论断的证据计算。",
      fix: NEEDS_MODEL,
    },
    judge_fallback: {
      message: "模型不可用，已按请求允许的方式改用离线评判。",
      fix: "需要模型的分数时，请稍后重新提交该样本。",
    },
    claims_unchecked: {
      message:
        "回答和参考答案各核对到前 2000 条论断或前 30 万个字符，其后的没有核对；依据它们的指标会带区间，或记为失败（budget）。",
      fix: "请把文本分成几部分评分，各自带上相应的 contexts。",
    },
    duplicate_submission: {
      message: "60 秒内收到过完全相同的请求，这里返回的是第一次的记录，没有再评一次。",
      fix: "如果每次运行都要单独成为一条记录，请自带 Idempotency-Key，例如 {{#sys.workflow_run_id#}}。",
    },
    webhook_not_configured: {
      message: "不会向 callback_url 发送 Webhook：服务器没有用于签名的密钥。",
      fix: "把 WEBHOOK_SECRET 设为 whsec_ 加 24 到 64 个随机字节的 Base64，或轮询任务状态。",
    },
    redacted: {
      message: "已按项目设置，在评判前替换了其中的个人信息。",
      fix: "无需处理。管理员可在项目设置中更改替换哪些内容。",
    },
    rescored: {
      message: "由另一次运行的评判结果重新计算，没有再次询问评判。",
      fix: "如果指标需要别的评判，请重新评这些样本。",
    },
    bad_row: {
      message: "有一行无法读取，其余各行照常评分。",
      fix: "改正这一行后重新发送。",
    },
    row_setting_ignored: {
      message: "有的行指定了与整批不同的评判、模型、fallback 或 compat，一律按整批的设置处理。",
      fix: "一批只有一个评判；要用别的评判，请另成一批。",
    },
  },
  original: "服务器原文",
};

import { sentences } from "./sentence.ts";

/** How a Dify workflow sends texts that arrive whole. */
export const FORM_BODY = {
  en: "In Dify's HTTP Request node choose the body type x-www-form-urlencoded, or build the whole JSON body in a Template node with tojson.",
  zh: "在 Dify 的 HTTP 请求节点选择 x-www-form-urlencoded 请求体，或用模板节点的 tojson 拼出整个 JSON。",
} as const;

/** What was odd about the body of one sample. */
export const BODY_WARNINGS = sentences({
  "dify_json_repaired.pieces": {
    en: "The body arrived as a list of pieces; they were put together again, so texts may be cut or missing.",
    zh: "请求体到达时成了一列碎片，已重新拼合，文本可能被截断或缺失。",
    fix: FORM_BODY,
  },
  "dify_json_repaired.contexts": {
    en: "Dify's JSON repair damaged `{field}`: {count} passages were recovered and may be incomplete.",
    zh: "Dify 的 JSON 修复损坏了 `{field}`：找回了 {count} 个段落，可能不完整。",
    fix: FORM_BODY,
  },
  "dify_json_repaired.torn": {
    en: "Texts and field names of the body run into each other: Dify's JSON repair tore it apart, so texts may be cut or missing.",
    zh: "请求体里的文本和字段名混在了一起：Dify 的 JSON 修复把它拆散了，文本可能被截断或缺失。",
    fix: FORM_BODY,
  },
  dify_json_unescaped: {
    en: "`{field}` was pasted into a JSON body without escaping: it arrived, but a quote or backslash in any text would be altered.",
    zh: "`{field}` 未经转义就拼进了 JSON：这次完整到达，但文本一旦含有引号或反斜杠就会被改动。",
    fix: FORM_BODY,
  },
  contexts_unreadable: {
    en: "No passage could be read from `{field}`, so metrics that need contexts are skipped.{rivals}",
    zh: "没能从 `{field}` 读出任何段落，依赖上下文的指标已跳过。{rivals}",
    fix: {
      en: `Send \`{field}\` as an array of strings or as Dify's {{#node.result#}} variable. ${FORM_BODY.en}`,
      zh: `\`{field}\` 请发送字符串数组，或 Dify 的 {{#节点.result#}} 变量。${FORM_BODY.zh}`,
    },
  },
  contexts_empty: {
    en: "`{field}` is empty, so metrics that need contexts are skipped.",
    zh: "`{field}` 为空，依赖上下文的指标已跳过。",
    fix: {
      en: "If retrieval ran and found nothing, send [] to say so (in a Dify form: [] directly before the variable); otherwise check the variable's node.",
      zh: "如果检索已执行但没有结果，请发送 []（Dify 表单中在变量前直接写 []）；否则请检查变量所在的节点。",
    },
  },
  contexts_dropped: {
    en: "{dropped} of {received} items of `{field}` hold no text and were left out.{rivals}",
    zh: "`{field}` 的 {received} 条检索结果中有 {dropped} 条没有文本，已略去。{rivals}",
    fix: {
      en: "Give every retrieved item a text in `content`.",
      zh: "让每条检索结果都带有 content 文本。",
    },
  },
  contexts_limited: {
    en: "`{field}` holds {count} passages; only the first {limit} are scored.",
    zh: "`{field}` 有 {count} 个段落，只评最前面的 {limit} 个。",
    fix: {
      en: "Send the passages the model really saw, in rank order.",
      zh: "只发送模型真正看到的段落，按检索顺序排列。",
    },
  },
  unknown_field: {
    en: "Not read, because no such field is known: {names}.",
    zh: "没有读取，因为无法识别这些字段名：{names}。",
    fix: {
      en: "Check the spelling; the known fields are listed in /openapi.json.",
      zh: "请检查拼写；可用字段见 /openapi.json。",
    },
  },
  unresolved_variable: {
    en: "`{field}` holds the name of a Dify variable ({variable}) instead of its value, so it counts as missing.",
    zh: "`{field}` 里是 Dify 变量的名字（{variable}）而不是值，按缺失处理。",
    fix: {
      en: "Pick the variable again in the HTTP Request node: its node was skipped, renamed or has no such output.",
      zh: "在 HTTP 请求节点重新选择该变量：对应节点被跳过、改名，或没有这个输出。",
    },
  },
  control_characters: {
    en: "`{field}` holds control characters where backslashes were (\\frac, \\theta, \\b …): escapes were read on the way, so formulas or paths are altered.",
    zh: "`{field}` 里本应是反斜杠的地方成了控制字符（\\frac、\\theta、\\b 等）：途中有一步解释了转义，公式或路径已被改动。",
    fix: {
      en: "Escape backslashes before building JSON: in Dify use tojson in a Template node, or the body type x-www-form-urlencoded.",
      zh: "拼 JSON 之前先转义反斜杠：在 Dify 用模板节点的 tojson，或选择 x-www-form-urlencoded 请求体。",
    },
  },
  missing_word: {
    en: "`{field}` is the word {word}, which data tools write for a missing value, so it counts as missing.",
    zh: "`{field}` 里只有 {word}，这是数据工具表示缺失值的词，按缺失处理。",
    fix: {
      en: "Leave the field empty where there is no value (pandas: na_rep='').",
      zh: "没有值的字段请留空（pandas：na_rep=''）。",
    },
  },
  missing_word_kept: {
    en: "`{field}` is the bare word {word}, which also stands for a missing value; it was kept as text.",
    zh: "`{field}` 里只有 {word}，这个词也可表示缺失；已按原文保留。",
    fix: {
      en: "If nothing was meant, leave the field empty.",
      zh: "如果本来没有内容，请把该字段留空。",
    },
  },
  think_not_closed: {
    en: "The model's reasoning in `answer` (<think> or the like) never ends; everything from it on was left out.",
    zh: "`answer` 里模型的推理（<think> 等）没有结束标记，其后的内容已全部略去。",
    fix: {
      en: "Raise the model's token limit, or turn its reasoning off in the LLM node.",
      zh: "调高模型的 token 上限，或在 LLM 节点关闭推理。",
    },
  },
  reference_alternatives: {
    en: "`{field}` lists {count} answers that would do; only the first is compared with.",
    zh: "`{field}` 列出了 {count} 个可接受的答案，只与第一个比较。",
    fix: {
      en: "Put the answer that says most first, or send one text.",
      zh: "把信息最全的答案放在第一个，或只发送一段文本。",
    },
  },
  turns_left_out: {
    en: "Only the last question of a conversation and its answer are scored; {count} earlier messages were left out.",
    zh: "多轮对话只评最后一问一答，之前的 {count} 条消息没有评分。",
    fix: {
      en: "Send each turn as a sample of its own to have it scored.",
      zh: "要评每一轮，请把各轮分别作为样本发送。",
    },
  },
  feedback_unreadable: {
    en: "`{field}` is neither like nor dislike, so it was not kept.",
    zh: "`{field}` 既不是 like 也不是 dislike，没有保存。",
    fix: {
      en: "Send like or dislike, or leave it out.",
      zh: "请发送 like 或 dislike，或不发送。",
    },
  },
  redacted: {
    en: "{total} personal values ({counts}) were replaced before judging, as the settings of this project ask.",
    zh: "已按项目设置，在评判前替换了 {total} 处个人信息（{counts}）。",
    fix: {
      en: "Nothing to do. An admin can change what is replaced in the project's settings.",
      zh: "无需处理。管理员可在项目设置中更改替换哪些内容。",
    },
  },
  trace_cut: {
    en: "The trace had been cut on its way (a limit of the sender), so question, answer or contexts may lack their ends.",
    zh: "这条 trace 在发送途中被截断（发送方的限制），问题、回答或上下文可能不完整。",
    fix: {
      en: "Raise the sender's limit, for example OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT.",
      zh: "请调高发送方的限制，例如 OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT。",
    },
  },
});

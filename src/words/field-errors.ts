import { FORM_BODY } from "./body-warnings.ts";
import { sentences } from "./sentence.ts";

/** A refusal of a request with all its mistakes. */
export const FIELD_PROBLEMS = sentences({
  "invalid_request.fields": { en: "{first}{more}", zh: "{first}{more}" },
});

/** What is wrong with a field of a request: each stands beside its pointer, the first also as the reason of a row. */
export const FIELD_ERRORS = sentences({
  body_is_list: {
    en: "The body is a list. Send one object with question and answer, or post a list to /api/score/batch.",
    zh: "请求体是一个列表。请发送一个带有 question 和 answer 的对象，或把列表提交到 /api/score/batch。",
  },
  body_is_no_object: {
    en: "The body must be an object with question and answer.",
    zh: "请求体必须是带有 question 和 answer 的对象。",
  },
  field_is_list: {
    en: "`{field}` must be text, not a list.",
    zh: "`{field}` 必须是文本，不能是列表。",
  },
  field_is_object: {
    en: "`{field}` must be text, not an object.",
    zh: "`{field}` 必须是文本，不能是对象。",
  },
  callback_no_address: {
    en: "`callback_url` must be an http or https address.",
    zh: "`callback_url` 必须是 http 或 https 地址。",
  },
  unknown_format: {
    en: "`format` must be one of {known}.",
    zh: "`format` 必须是以下之一：{known}。",
  },
  ids_no_list: { en: "`{field}` must be a list of ids.", zh: "`{field}` 必须是 id 的列表。" },
  criteria_no_list: {
    en: "`criteria` must be a list of objects such as {name: polite, text: Is the answer polite?}.",
    zh: "`criteria` 必须是对象的列表，例如 {name: polite, text: Is the answer polite?}。",
  },
  criterion_doubled: {
    en: "`criteria` has two criteria named {name}; rename one.",
    zh: "`criteria` 里有两条标准都叫 {name}，请改掉其中一个的名字。",
  },
  metrics_no_list: {
    en: "`metrics` must be a list of names or names with commas between.",
    zh: "`metrics` 必须是指标名的列表，或用逗号隔开的指标名。",
  },
  unknown_criterion: {
    en: "{name} is neither among `criteria`, which must give its text, nor saved for the project.",
    zh: "{name} 既不在 `criteria` 里（那里要给出它的文本），也没有存为项目的标准。",
  },
  unknown_metric: {
    en: "{name} is no known metric. Known: {known}.",
    zh: "没有叫 {name} 的指标。可用的有：{known}。",
  },
  tags_no_object: {
    en: "`tags` must be an object of short texts, or text such as env=prod,team=a.",
    zh: "`tags` 必须是由短文本组成的对象，或 env=prod,team=a 这样的文本。",
  },
  answer_only_reasoning: {
    en: "`answer` holds only the model's reasoning (a <think> block) and no answer; raise the model's token limit.",
    zh: "`answer` 里只有模型的推理（<think> 部分），没有回答；请调高模型的 token 上限。",
  },
  field_is_variable: {
    en: "`{field}` holds the name of a Dify variable ({variable}) instead of its value: the node was skipped, renamed or has no such output.",
    zh: "`{field}` 里是 Dify 变量的名字（{variable}）而不是值：对应节点被跳过、改名，或没有这个输出。",
  },
  field_missing: {
    en: "`{field}` is missing or empty (also accepted as {others}).{hint}",
    zh: "`{field}` 缺失或为空（也可写作 {others}）。{hint}",
  },
  or: { en: "{one} or {other}", zh: "{one} 或 {other}" },
  body_torn: {
    en: ` Dify's JSON repair damaged the body. ${FORM_BODY.en}`,
    zh: `Dify 的 JSON 修复损坏了请求体。${FORM_BODY.zh}`,
  },
  rivals: {
    en: " It holds several that could be the passages: {names}; send the one the model saw.",
    zh: "其中有几项都可能是段落：{names}；请发送模型实际看到的那一项。",
  },
  column_beside: { en: "{column} beside {other}", zh: "{column}（已有 {other}）" },
  listed: { en: "{one}, {other}", zh: "{one}、{other}" },
  and_more: { en: " (and {count} more)", zh: "（另有 {count} 处）" },
  request_not_valid: { en: "The request is not valid.", zh: "请求无效。" },
  schema_issue: { en: "{issue}", zh: "{issue}" },
  schema: { en: "`{field}`: {issue}.", zh: "`{field}`：{issue}。" },
  base_run_needed: {
    en: "`base_run_id` is needed: a rule compares with the base run.",
    zh: "需要 `base_run_id`：有一条规则要与基准运行比较。",
  },
  rules_needed: {
    en: '`rules` is needed, such as {"faithfulness": ">= 0.8"}.',
    zh: '需要 `rules`，例如 {"faithfulness": ">= 0.8"}。',
  },
  no_such_metric: {
    en: "There is no metric named {name}; see GET /api/metrics.",
    zh: "没有叫 {name} 的指标，可用的指标见 GET /api/metrics。",
  },
  rule_unreadable: {
    en: 'The rule for {metric} must look like ">= 0.8", "<= 0.2", ">= base - 0.05" or "not worse than base".',
    zh: '{metric} 的规则要写成 ">= 0.8"、"<= 0.2"、">= base - 0.05" 或 "not worse than base" 这样。',
  },
  no_id: { en: "`{field}` must be an id.", zh: "`{field}` 必须是 id。" },
  no_model_here: {
    en: "No model is configured on this server.",
    zh: "本服务器没有配置模型。",
  },
  model_not_allowed: {
    en: "Not in ALLOWED_MODELS. Allowed: {names}.",
    zh: "不在 ALLOWED_MODELS 之中。允许的有：{names}。",
  },
});

/** Why a row of an upload could not be read. */
export const ROW_PROBLEMS = sentences({
  row_too_long: {
    en: "The row is longer than 2 MB; send fewer or shorter contexts.",
    zh: "这一行超过 2 MB；请减少或缩短上下文。",
  },
  row_no_json: { en: "The row is not valid JSON.", zh: "这一行不是有效的 JSON。" },
  row_no_object: { en: "The row is not an object.", zh: "这一行不是对象。" },
  row_too_deep: {
    en: "The JSON nests deeper than {levels} levels.",
    zh: "JSON 的嵌套超过 {levels} 层。",
  },
  list_cut: { en: "The list breaks off here.", zh: "列表在这里中断。" },
  no_list: { en: "The upload holds no list.", zh: "上传的内容里没有列表。" },
  after_list: { en: "There is more after the end of the list.", zh: "列表结束之后还有内容。" },
  no_list_first: {
    en: "The upload does not begin with a list.",
    zh: "上传的内容不是以列表开头。",
  },
  no_element: {
    en: "There is no element before the comma.",
    zh: "逗号前没有元素。",
  },
  several_lists: {
    en: "The file holds several lists: {names}. Send the one with the samples.",
    zh: "文件里有几个列表：{names}。请只发送装有样本的那一个。",
  },
  open_quote: {
    en: "A quote is opened and never closed, or stands bare in a quoted cell.",
    zh: "有一个引号没有闭合，或在带引号的单元格里单独出现。",
  },
  quote_never_closed: {
    en: "{reason} Perhaps a quote is never closed.",
    zh: "{reason}可能有一个引号没有闭合。",
  },
  row_width: {
    en: "The row has {fields} fields, the first row names {names}.",
    zh: "这一行有 {fields} 个字段，首行有 {names} 个列名。",
  },
  row_broken: {
    en: "{reason} Lines {first} to {last} could not be told apart.",
    zh: "{reason}第 {first} 到 {last} 行无法分开。",
  },
});

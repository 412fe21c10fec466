import { sentences } from "./sentence.ts";

const DEEP = {
  en: "The JSON nests deeper than {levels} levels.",
  zh: "JSON 的嵌套超过 {levels} 层。",
} as const;
const NOT_TEXT = {
  en: "Send CSV, a JSON array or JSON Lines as UTF-8 text, or an .xlsx workbook.",
  zh: "请发送 UTF-8 文本的 CSV、JSON 数组或 JSON Lines，或 .xlsx 工作簿。",
} as const;

/** Why what was sent is refused. The part of a code before the dot is the code of the problem. */
export const REQUEST_PROBLEMS = sentences({
  "body_unreadable.empty": {
    en: "The body is empty; send question, answer and contexts.",
    zh: "请求体是空的；请发送 question、answer 和 contexts。",
  },
  "body_unreadable.deep": DEEP,
  "body_unreadable.no_json": { en: "The body is not valid JSON.", zh: "请求体不是有效的 JSON。" },
  "body_unreadable.no_json_of_dify": {
    en: "The body is not valid JSON. In Dify, choose the body type x-www-form-urlencoded: it needs no escaping.",
    zh: "请求体不是有效的 JSON。在 Dify 里请选择 x-www-form-urlencoded 请求体，它不需要转义。",
  },
  "body_unreadable.multipart": {
    en: "The multipart body does not fit its boundary; let your client set the Content-Type itself.",
    zh: "multipart 请求体与它的 boundary 不符；请让客户端自己设置 Content-Type。",
  },
  "body_unreadable.no_utf8": {
    en: "The body is not valid UTF-8 text; send it as UTF-8.",
    zh: "请求体不是有效的 UTF-8 文本；请用 UTF-8 发送。",
  },
  "body_unreadable.broken_off": {
    en: "The body broke off before its end; send it again.",
    zh: "请求体没有传完就中断了，请重新发送。",
  },
  "body_unreadable.upload_empty": {
    en: "The upload is empty; send a list of samples.",
    zh: "上传的内容是空的；请发送样本的列表。",
  },
  "body_unreadable.upload_charset": {
    en: "The upload is not valid {charset} text. Save it as UTF-8, or name its charset in the Content-Type (text/csv; charset=gbk).",
    zh: "上传的内容不是有效的 {charset} 文本。请另存为 UTF-8，或在 Content-Type 中注明编码（text/csv; charset=gbk）。",
  },
  "body_unreadable.upload_unknown_charset": {
    en: "The upload is not valid {charset} text, nor text of another charset. Save it as UTF-8, or name its charset in the Content-Type (text/csv; charset=gbk).",
    zh: "上传的内容不是有效的 {charset} 文本，也不是其他编码的文本。请另存为 UTF-8，或在 Content-Type 中注明编码（text/csv; charset=gbk）。",
  },
  "body_unreadable.upload_broken_off": {
    en: "The upload broke off before its end; send it again.",
    zh: "上传没有传完就中断了，请重新发送。",
  },
  "body_unreadable.upload_lost": {
    en: "The stored upload could not be read; send it again.",
    zh: "存下的上传内容读不出来，请重新发送。",
  },
  "body_unreadable.sheet_empty": { en: "The workbook has no rows.", zh: "工作簿里没有行。" },
  "body_too_large.body": {
    en: "The body is larger than {megabytes} MB ({bytes} bytes). Send fewer or shorter contexts.",
    zh: "请求体超过 {megabytes} MB（{bytes} 字节）。请减少或缩短上下文。",
  },
  "body_too_large.upload": {
    en: "The upload is larger than {megabytes} MB; split it.",
    zh: "上传的内容超过 {megabytes} MB，请拆分。",
  },
  "body_too_large.sheet": {
    en: "A workbook may have {megabytes} MB here, and not much more unpacked. Save it as CSV UTF-8: that may have {csvMegabytes} MB.",
    zh: "这里的工作簿最大 {megabytes} MB，解压后也不能大很多。请另存为 CSV UTF-8，最大可到 {csvMegabytes} MB。",
  },
  "body_too_large.otlp": {
    en: "Spans may come in {raw} MiB, {inflated} MiB unpacked and {spans} spans a request. Send smaller batches.",
    zh: "一次请求中的 span 最多 {raw} MiB，解压后 {inflated} MiB，{spans} 个 span。请减小批次。",
  },
  "body_unreadable.otlp": {
    en: "This is no ExportTraceServiceRequest, or it broke on its way.",
    zh: "这不是 ExportTraceServiceRequest，或在传输中损坏。",
  },
  "overloaded.decoding": {
    en: "Too many large batches of spans at once; send this one again.",
    zh: "同时到达的大批次 span 过多，请重发。",
  },
  "overloaded.open_traces": {
    en: "Too many traces of this project are not complete yet; send these spans again.",
    zh: "本项目尚未完成的 trace 过多，请重发这些 span。",
  },
  "unsupported_media_type.otlp": {
    en: "Send OTLP/HTTP with Content-Type: application/x-protobuf or application/json.",
    zh: "请发送 OTLP/HTTP，并注明 Content-Type: application/x-protobuf 或 application/json。",
  },
  "unsupported_media_type.compressed": {
    en: "Send the body uncompressed.",
    zh: "请发送未经压缩的请求体。",
  },
  "unsupported_media_type.upload_compressed": {
    en: "Send the upload uncompressed.",
    zh: "请发送未经压缩的文件。",
  },
  "unsupported_media_type.upload_form": {
    en: "Send the file itself as the body, not as a form: JSON, JSON Lines or CSV.",
    zh: "请把文件本身作为请求体发送，不要用表单：JSON、JSON Lines 或 CSV。",
  },
  "unsupported_media_type.old_excel": {
    en: "This is an Excel file of the old kind (.xls). Save it as .xlsx or as CSV UTF-8.",
    zh: "这是旧格式的 Excel 文件（.xls）。请另存为 .xlsx 或 CSV UTF-8。",
  },
  "unsupported_media_type.no_text": {
    en: `This is no text. ${NOT_TEXT.en}`,
    zh: `这不是文本。${NOT_TEXT.zh}`,
  },
  "unsupported_media_type.sheet_damaged": {
    en: `The workbook cannot be opened: it is damaged, protected by a password, or no .xlsx file. ${NOT_TEXT.en}`,
    zh: `工作簿打不开：文件已损坏、有密码保护，或不是 .xlsx 文件。${NOT_TEXT.zh}`,
  },
  "unsupported_media_type.charset": {
    en: "This charset is not known; send UTF-8.",
    zh: "无法识别这种编码；请用 UTF-8 发送。",
  },
  "unsupported_media_type.unnamed": {
    en: "The body came with no content type and is not JSON. Send {accepted}.",
    zh: "请求体没有注明内容类型，也不是 JSON。请发送 {accepted}。",
  },
  "unsupported_media_type.unknown": {
    en: "The body came with this content type and is not JSON. Send {accepted}.",
    zh: "请求体是这种内容类型，也不是 JSON。请发送 {accepted}。",
  },
  "unsupported_media_type.want_json": {
    en: "Send JSON with Content-Type: application/json.",
    zh: "请发送 JSON，并注明 Content-Type: application/json。",
  },
  "invalid_request.idempotency_key": {
    en: "The Idempotency-Key header must be at most {limit} printable ASCII characters.",
    zh: "Idempotency-Key 请求头最多 {limit} 个可打印的 ASCII 字符。",
  },
  "invalid_request.no_model": {
    en: "`judge` is {judge}, but this server has no such model; use auto or offline.",
    zh: "`judge` 是 {judge}，但本服务器没有这种模型；请用 auto 或 offline。",
  },
  "invalid_request.model_not_allowed": {
    en: "This model is not allowed here. Allowed: {names}.",
    zh: "这里不允许使用这个模型。允许的有：{names}。",
  },
  "invalid_request.callback": {
    en: "`{field}` {problem}",
    zh: "`{field}` {problem}",
  },
  "invalid_request.callback_bot": {
    en: "`{field}`: {problem}",
    zh: "`{field}`：{problem}",
  },
  "invalid_request.too_many_rows": {
    en: "The upload has more than {limit} rows; split it.",
    zh: "上传的内容超过 {limit} 行，请拆分。",
  },
  "invalid_request.no_rows": { en: "The upload has no rows.", zh: "上传的内容没有行。" },
  "invalid_request.no_good_row": {
    en: "None of the {rows} rows can be scored. Line {line}: {reason}",
    zh: "{rows} 行都无法评分。第 {line} 行：{reason}",
  },
  "invalid_request.no_answers": {
    en: "None of the rows ({rows}) has an answer to score; a test set needs the answers of an app first. {why}",
    zh: "{rows} 行都没有可评的回答；测试集要先有应用的回答。{why}",
  },
  "invalid_request.import_too_much": {
    en: "This is more than one import can read; narrow `users` or `since`.",
    zh: "超出了一次导入能读取的量；请缩小 `users` 或 `since` 的范围。",
  },
  "invalid_request.lookup": { en: "{problem}", zh: "{problem}" },
  "invalid_request.dify_broke_off": {
    en: "Dify at {host} broke off its answer.",
    zh: "{host} 上的 Dify 没有答完就中断了。",
  },
  "invalid_request.dify_item_large": {
    en: "One item of Dify at {host} is larger than {limit}.",
    zh: "{host} 上的 Dify 有一条数据超过 {limit}。",
  },
  "invalid_request.dify_silent": {
    en: "Dify at {host} did not answer.",
    zh: "{host} 上的 Dify 没有应答。",
  },
  "invalid_request.dify_key": {
    en: "Dify at {host} refused the app key; take a key from the API access page of the app.",
    zh: "{host} 上的 Dify 拒绝了应用密钥；请在应用的“访问 API”页面取一个密钥。",
  },
  "invalid_request.dify_redirect": {
    en: "Dify at {host} answered with a redirect; use the final address of the service API.",
    zh: "{host} 上的 Dify 返回了重定向；请使用服务 API 的最终地址。",
  },
  "invalid_request.dify_status": {
    en: "Dify at {host} answered {status}.",
    zh: "{host} 上的 Dify 返回了 {status}。",
  },
  "invalid_request.no_dify": {
    en: "What answered is not Dify's service API; `base_url` ends in /v1 on Dify Cloud and on your own server.",
    zh: "应答的不是 Dify 的服务 API；无论在 Dify Cloud 还是自建服务器上，`base_url` 都以 /v1 结尾。",
  },
  "invalid_request.dify_address": {
    en: "{problem} For a Dify of your own, the operator of this server sets {setting} (exact origin; private, http and any port are fine).",
    zh: "{problem}自建的 Dify：请由本服务的运维设置 {setting}（精确的源，可为内网、http 和任意端口）。",
    unasked:
      "{problem} For a Dify of your own, the operator of this server sets {setting} (exact origin; private, http and any port are fine). 自建的 Dify：请由本服务的运维设置 {setting}（精确的源，可为内网、http 和任意端口）。",
  },
  "invalid_request.no_messages": {
    en: "There are no messages to score of these users since {since}.{broken} Users are the ids the app sends as `user`: Dify's API lists conversations by user, and those of its web app not at all.",
    zh: "自 {since} 起，这些用户没有可评的消息。{broken}用户是应用作为 `user` 发送的 id：Dify 的 API 按用户列出会话，网页应用里的会话则不会列出。",
  },
  "rate_limited.dify_plan": {
    en: "Dify at {host} has used up the rate limit of its plan.",
    zh: "{host} 上的 Dify 已用完其套餐的请求额度。",
  },
  "rate_limited.dify_wait": {
    en: "Dify at {host} asks to wait (429).",
    zh: "{host} 上的 Dify 要求稍后再试（429）。",
  },
  "idempotency_mismatch.other_payload": {
    en: "This Idempotency-Key already stands for job {job} with another payload; use a new key for a new sample.",
    zh: "这个 Idempotency-Key 已用于任务 {job}，而内容不同；新的样本请用新的 key。",
  },
});

/** Parts of the sentences above. */
export const REQUEST_PHRASES = sentences({
  messages_failed: {
    en: " {count} ended in an error of the app and have no answer.",
    zh: "其中 {count} 条在应用里以出错结束，没有答案。",
  },
  import_limit_messages: {
    en: "One import reads {limit} messages.",
    zh: "一次导入最多读取 {limit} 条消息。",
  },
  import_limit_bytes: {
    en: "One import reads {megabytes} MB.",
    zh: "一次导入最多读取 {megabytes} MB。",
  },
});

import type { Dictionary } from "../../../i18n/en.ts";

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
    control_characters: {
      message:
        "文本里本应是反斜杠的地方成了控制字符（\\frac、\\theta 等）：途中有一步解释了转义，公式或路径已被改动。",
      fix: "拼 JSON 之前先转义反斜杠：在 Dify 用模板节点的 tojson，或选择 x-www-form-urlencoded 请求体。",
    },
    missing_word: {
      message: "字段里只有 nan、<NA>、NULL 这类数据工具表示缺失值的词，按缺失处理。",
      fix: "没有值的字段请留空（pandas：na_rep=''）。",
    },
    missing_word_kept: {
      message:
        "字段里只有一个也可表示缺失的词（如 NaN、None）；因为题目或另一段文本提到它，按原文保留。",
      fix: "如果本来没有内容，请把该字段留空。",
    },
    think_not_closed: {
      message: "答案里的推理（<think> 等）没有结束标记，其后的内容已全部略去。",
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
    judge_reply_unusable: {
      message: "评判模型的回复有一部分无法使用，再问一次也不行；有关指标记为失败。",
      fix: "请重试；如果再次出现，请换一个 JUDGE_MODEL。",
    },
    judge_controls_failed: {
      message: "评判模型两次没有通过对照题，它的结论已经作废；有关指标记为失败。",
      fix: "请重试；如果再次出现，请换一个 JUDGE_MODEL。",
    },
    judge_refused: {
      message: "评判模型拒绝阅读其中一些文本（内容过滤）；有关指标记为失败。",
      fix: "请换用内容过滤允许这些文本的模型，或用离线评判。",
    },
    judge_call_limit: {
      message: "单个样本的评判调用次数到了上限，没有问完的指标记为失败。",
      fix: "请缩短文本，或减少一个样本里的段落。",
    },
    judge_text_too_long: {
      message: "有的文本超过了评判模型的长度，有关指标记为失败。",
      fix: "请换用上下文更长的模型，或发送更短的段落。",
    },
    embeddings_unusable: {
      message: "没有得到可用的向量，语义相似度记为失败。",
      fix: "把 EMBEDDING_MODEL 设为接口提供的模型，或留空。",
    },
    judge_usage_unknown: {
      message: "模型接口没有报告用了多少词元：用量未知，每日额度按文本长度估计扣减。",
      fix: "通常无需处理；如果接口可以设置，请让它返回 usage。",
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
    feedback_unreadable: {
      message: "用户反馈既不是 like 也不是 dislike，没有保存。",
      fix: "请发送 like 或 dislike，或不发送。",
    },
    import_incomplete: {
      message: "从 Dify 读取中途停止，已读到的消息照常评分，其余的没有导入。",
      fix: "稍后把其余用户或较短的时间段另作一批导入。",
    },
    import_failed_messages: {
      message: "有的消息在 Dify 应用里以出错结束，没有答案，不评分。",
      fix: "请在 Dify 的应用日志里查看这些消息。",
    },
    import_retrieval_unknown: {
      message:
        "有的消息 Dify 没有给出检索结果：可能没有检索到，也可能关闭了引用。这些消息依赖上下文的指标已跳过。",
      fix: "在应用里打开“引用与归属”，或在工作流里发送上下文。",
    },
    import_annotations_limited: {
      message: "应用的标注多于一次导入读取的数量，有的消息可能缺少标准答案。",
      fix: "把样本连同 ground_truth 作为一批发送。",
    },
    redacted: {
      message: "已按项目设置，在评判前替换了其中的个人信息。",
      fix: "无需处理。管理员可在项目设置中更改替换哪些内容。",
    },
    rescored: {
      message: "由另一次运行的评判结果重新计算，没有再次询问评判。",
      fix: "如果指标需要别的评判，请重新评这些样本。",
    },
    field_ambiguous: {
      message: "有一列的名字在不同工具里含义相反，这里按最常见的含义读取。",
      fix: "用 format 说明数据来自哪个工具，或改用 question、answer、contexts、ground_truth、reference_contexts 这些名字。",
    },
    field_doubled: {
      message: "有两列表示同一个字段而内容不同，只读取了其中一列。",
      fix: "只保留一列，或给另一列改名。",
    },
    formats_mixed: {
      message: "这批数据里混有不同工具的格式，每行按自己的列名读取。",
      fix: "不同工具的数据请分开上传，或用 format 指定格式。",
    },
    list_separator: {
      message: "列表写成了一段文本，按该工具的写法拆分；没有分隔符的按一段处理。",
      fix: "请以 JSON 列表发送，或用 context_separator 指定分隔符。",
    },
    reference_alternatives: {
      message: "列出了多个可接受的参考答案，只与第一个比较。",
      fix: "把信息最全的答案放在第一个，或只发送一段文本。",
    },
    turns_left_out: {
      message: "多轮对话只评最后一问一答，之前的轮次没有评分。",
      fix: "要评每一轮，请把各轮分别作为样本发送。",
    },
    no_answer: {
      message: "有的行只有问题没有回答，计为没有分数的样本。",
      fix: "查明应用为什么没有回答，或补上回答后重新发送。",
    },
    bad_row: {
      message: "有一行无法读取，其余各行照常评分。",
      fix: "在提交页下载未评分的行（CSV，附原因），改正后原样再发送一次。",
    },
    charset_guessed: {
      message: "文件不是 UTF-8，已按推测的编码读取（见原文）。",
      fix: "请核对一行中文；建议另存为 UTF-8，或在 Content-Type 中注明编码（text/csv; charset=gb18030）。",
    },
    sheets_ignored: {
      message: "工作簿里还有别的工作表有数据，只读取了其中一个。",
      fix: "请把每个工作表另存为单独的文件发送。",
    },
    csv_quotes: {
      message: "带引号的单元格里有未成双的引号，已读到分隔符前的那个引号为止。",
      fix: '单元格内的每个引号请写两遍（""），表格软件另存为 CSV 时就是这样。',
    },
    csv_rows_in_cell: {
      message: "有的单元格里含有像是本表其他行的内容，前面可能漏了引号。",
      fix: "请核对该行；如果确实漏了引号，补上后重新发送文件。",
    },
    row_setting_ignored: {
      message: "有的行指定了与整批不同的评判、模型、fallback 或 compat，一律按整批的设置处理。",
      fix: "一批只有一个评判；要用别的评判，请另成一批。",
    },
  },
  original: "服务器原文",
};

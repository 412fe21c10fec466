import { sentences } from "./sentence.ts";

const NAME_FORMAT = {
  en: "Say what the rows are with `format`, or use the names question, answer, contexts, ground_truth and reference_contexts.",
  zh: "用 format 说明数据来自哪个工具，或改用 question、answer、contexts、ground_truth、reference_contexts 这些名字。",
} as const;

const NAME_CHARSET = {
  en: "Look at one row with letters beyond ASCII. Save as UTF-8, or name the charset in the Content-Type (text/csv; charset=gb18030).",
  zh: "请核对一行中文；建议另存为 UTF-8，或在 Content-Type 中注明编码（text/csv; charset=gb18030）。",
} as const;

/** What was odd about a file, its columns or its rows. */
export const UPLOAD_WARNINGS = sentences({
  "field_ambiguous.context": {
    en: "`{column}` is read as the passages that were retrieved; some tools mean those that should have been by that name.",
    zh: "`{column}` 按实际检索到的段落读取；有的工具用这个名字指应当检索到的段落。",
    fix: NAME_FORMAT,
  },
  "field_ambiguous.reference": {
    en: "`{column}` is read as the reference answer; some tools mean the text that was retrieved by that name.",
    zh: "`{column}` 按标准答案读取；有的工具用这个名字指检索到的文本。",
    fix: NAME_FORMAT,
  },
  "field_ambiguous.answer": {
    en: "`{column}` is read as answers that were given; some tools mean the answers that were wanted by that name.",
    zh: "`{column}` 按应用给出的回答读取；有的工具用这个名字指期望的答案。",
    fix: NAME_FORMAT,
  },
  field_doubled: {
    en: "Two columns mean the same field and differ; not read: {columns}{more}.",
    zh: "有两列表示同一个字段而内容不同；没有读取：{columns}{more}。",
    fix: { en: "Keep one of them, or rename the other.", zh: "只保留一列，或给另一列改名。" },
  },
  formats_mixed: {
    en: "This row is read as {format}, those before it as {before}.",
    zh: "这一行按 {format} 读取，前面的行按 {before} 读取。",
    fix: {
      en: "Send rows of different tools as uploads of their own, or name their format.",
      zh: "不同工具的数据请分开上传，或用 format 指定格式。",
    },
  },
  "list_separator.cut": {
    en: "`{field}` came as one text and was cut at every {mark}, which is how {tool} joins lists.",
    zh: "`{field}` 是一段文本，已在每个 {mark} 处拆分，{tool} 就是这样连接列表的。",
    fix: {
      en: "If {mark} belongs to the texts, send the list as JSON, or name the separator in context_separator.",
      zh: "如果 {mark} 属于正文，请以 JSON 列表发送，或用 context_separator 指定分隔符。",
    },
  },
  "list_separator.kept": {
    en: '`{field}` came as one text and was kept as one passage, though it holds ";".',
    zh: "`{field}` 是一段文本，其中有“;”，仍按一个段落处理。",
    fix: {
      en: "If that stands between passages, send context_separator=; or the list as JSON.",
      zh: "如果它是段落之间的分隔符，请发送 context_separator=;，或以 JSON 列表发送。",
    },
  },
  no_answer: {
    en: "{why}",
    zh: "{why}",
    fix: {
      en: "It counts as a sample without scores. See why the app gave no answer, or send the row again with one.",
      zh: "计为没有分数的样本。请查明应用为什么没有回答，或补上回答后重新发送。",
    },
  },
  bad_row: {
    en: "Line {line}: {reason}",
    zh: "第 {line} 行：{reason}",
    fix: {
      en: "The other rows are scored. Fetch these as CSV (bad-rows?format=csv), correct them and send the file again.",
      zh: "其余各行照常评分。请下载未评分的行（bad-rows?format=csv，或在提交页），改正后再发送一次。",
    },
  },
  row_setting_ignored: {
    en: "{rows} rows name another judge, model, fallback or compat than the batch; those of the batch were used.",
    zh: "有 {rows} 行指定了与整批不同的评判、模型、fallback 或 compat，一律按整批的设置处理。",
    fix: {
      en: "A batch has one judge. Send rows for another judge as a batch of their own.",
      zh: "一批只有一个评判；要用别的评判，请另成一批。",
    },
  },
  "charset_guessed.unnamed": {
    en: "The upload is not UTF-8 and names no charset; it was read as {charset}.",
    zh: "文件不是 UTF-8，也没有注明编码，已按 {charset} 读取。",
    fix: NAME_CHARSET,
  },
  "charset_guessed.named": {
    en: "The upload is not {declared} text; it was read as {charset}.",
    zh: "文件不是 {declared} 编码，已按 {charset} 读取。",
    fix: NAME_CHARSET,
  },
  sheets_ignored: {
    en: "The workbook has more sheets with rows ({others}); only {read} was read.",
    zh: "工作簿里还有别的工作表有数据（{others}），只读取了 {read}。",
    fix: {
      en: "Send each sheet as a file of its own.",
      zh: "请把每个工作表另存为单独的文件发送。",
    },
  },
  csv_quotes: {
    en: "Quotes inside a quoted cell are not doubled; the cell was read up to the quote before a delimiter.",
    zh: "带引号的单元格里有未成双的引号，已读到分隔符前的那个引号为止。",
    fix: {
      en: 'Write each quote inside a quoted cell twice (""), as spreadsheets do.',
      zh: '单元格内的每个引号请写两遍（""），表格软件另存为 CSV 时就是这样。',
    },
  },
  csv_rows_in_cell: {
    en: "A cell holds lines that look like rows of this table; perhaps a quote is missing before them.",
    zh: "有的单元格里含有像是本表其他行的内容，前面可能漏了引号。",
    fix: {
      en: "Look at the row: if a quote was never closed, close it and send the file again.",
      zh: "请核对该行；如果确实漏了引号，补上后重新发送文件。",
    },
  },
  import_incomplete: {
    en: "{stopped} {count} messages are kept; {usersRead} of {users} users were read to the end.",
    zh: "{stopped}已读到的 {count} 条消息照常评分；{users} 个用户中读完了 {usersRead} 个。",
    fix: {
      en: "Import the other users, or a shorter time, as a further batch later.",
      zh: "稍后把其余用户或较短的时间段另作一批导入。",
    },
  },
  import_failed_messages: {
    en: "{count} messages ended in an error of the app; they have no answer and are not scored.",
    zh: "有 {count} 条消息在 Dify 应用里以出错结束，没有答案，不评分。",
    fix: {
      en: "Look at these messages in the logs of the app in Dify.",
      zh: "请在 Dify 的应用日志里查看这些消息。",
    },
  },
  import_retrieval_unknown: {
    en: "Dify tells no retrieval for {unknown} of {count} messages: nothing was found, or citations are off. Metrics that need contexts are skipped for them.",
    zh: "{count} 条消息中有 {unknown} 条 Dify 没有给出检索结果：可能没有检索到，也可能关闭了引用。这些消息依赖上下文的指标已跳过。",
    fix: {
      en: "Switch on Citation and Attributions in the app, or send contexts from the workflow.",
      zh: "在应用里打开“引用与归属”，或在工作流里发送上下文。",
    },
  },
  import_annotations_limited: {
    en: "The app has more annotations than one import reads; some messages may lack their ground truth.",
    zh: "应用的标注多于一次导入读取的数量，有的消息可能缺少标准答案。",
    fix: {
      en: "Send the samples with their ground_truth as a batch.",
      zh: "把样本连同 ground_truth 作为一批发送。",
    },
  },
});

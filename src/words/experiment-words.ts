import { sentences } from "./sentence.ts";

/** Why a test set, an app or an experiment is refused. */
export const EXPERIMENT_PROBLEMS = sentences({
  "not_found.test_set": { en: "Test set not found: {id}", zh: "没有这个测试集：{id}" },
  "not_found.target": { en: "App not found: {id}", zh: "没有连接过这个应用：{id}" },
  "not_found.experiment": { en: "Experiment not found: {id}", zh: "没有这次实验：{id}" },
  "not_found.schedule": { en: "Schedule not found: {id}", zh: "没有这个定时任务：{id}" },
  "conflict.set_changed": {
    en: "Somebody changed this test set meanwhile; read it again.",
    zh: "这个测试集刚刚被别人修改，请重新读取。",
  },
  "conflict.too_many": {
    en: "There may be {limit} of these in a project; delete some first.",
    zh: "一个项目最多 {limit} 个，请先删除一些。",
  },
  "invalid_request.too_many_items": {
    en: "A test set holds at most {limit} items.",
    zh: "一个测试集最多 {limit} 个条目。",
  },
  "invalid_request.long_item": {
    en: "The item {id} is longer than {limit} characters.",
    zh: "条目 {id} 超过 {limit} 个字符。",
  },
  "invalid_request.no_annotations": {
    en: "This app has no annotations that can be read.",
    zh: "这个应用没有可以读取的标注。",
  },
  "invalid_request.texts_gone": {
    en: "The texts of this sample are not kept.",
    zh: "这个样本的文本没有保留。",
  },
  "invalid_request.empty_set": {
    en: "There is nothing to ask: the test set has no such items.",
    zh: "没有可问的内容：测试集中没有这些条目。",
  },
  "invalid_request.nothing_askable": {
    en: "None of the items can be asked. The first reason: {why}",
    zh: "没有一个条目可以提问。第一个原因：{why}",
  },
  "invalid_request.too_many_asks": {
    en: "An experiment asks at most {limit} questions; this would be {asks}.",
    zh: "一次实验最多提问 {limit} 次，这里需要 {asks} 次。",
  },
  "invalid_request.confirm_asks": {
    en: "This asks {asks} questions. Send `confirm_asks: {asks}` to say that it is meant.",
    zh: "这将提问 {asks} 次。确认请发送 `confirm_asks: {asks}`。",
  },
  "invalid_request.target": { en: "The app cannot be asked: {why}", zh: "无法向应用提问：{why}" },
  "invalid_request.rule": { en: "The rule cannot be read: {rule}", zh: "无法读取规则：{rule}" },
  "invalid_request.no_items_in_upload": {
    en: "No row of the upload has a question.{why}",
    zh: "上传的内容里没有一行有问题。{why}",
  },
  "quota_exceeded.asks": {
    en: "This app may be asked {limit} questions a day (UTC), and today's are used up.",
    zh: "这个应用每天（UTC）最多提问 {limit} 次，今天的已用完。",
  },
  "rate_limited.trial": {
    en: "One question by hand every few seconds; try again.",
    zh: "手动提问每隔几秒一次，请稍后再试。",
  },
});

/** What is to be known of an app, and why an ask has no answer. */
export const EXPERIMENT_PHRASES = sentences({
  target_no_citations: {
    en: "Citations are switched off in this app, so its passages may stay unknown. Switch on “Citations and Attributions”.",
    zh: "此应用没有开启“引用和归属”，检索到的段落可能无法得知，请在应用中开启。",
  },
  target_annotations_answer: {
    en: "Annotation reply is on: questions that are annotated get the annotation for an answer, which says nothing about the app. Switch it off while it is tested.",
    zh: "此应用开启了标注回复：命中标注的问题会直接返回标注，不能反映应用本身。测试时请关闭。",
  },
  target_question_input: {
    en: "Say which of its inputs takes the question (`options.question_input`).",
    zh: "请指明哪个输入变量接收问题（`options.question_input`）。",
  },
  target_chat_id: {
    en: "Say which assistant is asked (`options.chat_id`).",
    zh: "请填写要提问的助手（`options.chat_id`）。",
  },
  target_answer_path: {
    en: "Say where the answer stands (`options.answer`), such as `data.answer`.",
    zh: "请指明回答所在的位置（`options.answer`），例如 `data.answer`。",
  },
  target_hosts: {
    en: "{problem} The operator can allow it with TARGET_HOSTS={host}.",
    zh: "{problem}运维人员可设置 TARGET_HOSTS={host} 放行。",
  },
  target_unreachable: { en: "The app could not be reached.", zh: "无法连接应用。" },
  target_slow: { en: "The app did not answer in time.", zh: "应用没有在限定时间内回答。" },
  target_broke_off: {
    en: "The app broke off in the middle of its answer.",
    zh: "应用在回答途中断开。",
  },
  target_said: { en: "The app says: {words}", zh: "应用答复：{words}" },
  test_item_unfit: {
    en: "`{field}` does not fit a test item.",
    zh: "`{field}` 不符合测试条目的要求。",
  },
  ask_canned: {
    en: "An annotation answered, not the app.",
    zh: "这是标注给出的回答，不是应用生成的。",
  },
  ask_paused: { en: "The app waits for a person.", zh: "应用在等待人工处理。" },
  ask_lost: {
    en: "It may have reached the app, and no answer came back; it is not asked again by itself.",
    zh: "问题可能已送达应用，但没有收到回答；不会自动重问。",
  },
  ask_found: {
    en: "The line broke; the answer was found in the app's log, which keeps no passages.",
    zh: "连接中断，回答从应用日志中找回；日志不保留检索段落。",
  },
  ask_inputs_missing: { en: "The app asks for: {names}", zh: "应用需要这些输入：{names}" },
  ask_files: { en: "Files cannot be sent to this app.", zh: "不能向这个应用发送文件。" },
  ask_stopped: { en: "Stopped: {why}", zh: "已停止：{why}" },
  ask_same_errors: {
    en: "{count} equal errors in a row. {why}",
    zh: "连续 {count} 次相同的错误。{why}",
  },
  ask_target_gone: { en: "The app is not connected any more.", zh: "应用的连接已被删除。" },
  schedule_running: {
    en: "The one before is still running, so this one was left out.",
    zh: "上一次仍在运行，本次已跳过。",
  },
  schedule_fine: { en: "Nothing got worse.", zh: "没有变差。" },
  schedule_no_base: { en: "There is nothing to compare it with yet.", zh: "还没有可比较的运行。" },
  schedule_worse: { en: "Worse: {names}", zh: "变差：{names}" },
  schedule_gate: { en: "The gate is not passed. {more}", zh: "门禁未通过。{more}" },
  schedule_failed: { en: "No answer could be scored.", zh: "没有可评分的回答。" },
  ask_budget_spent: {
    en: "The day's budget of {limit} questions is spent.",
    zh: "当天的 {limit} 次提问已用完。",
  },
});

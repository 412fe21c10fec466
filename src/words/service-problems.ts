import { sentences } from "./sentence.ts";

const OTHER_SCHEMA = {
  en: "The tables of the database are those of an earlier version, which are not carried on. Begin a new database and leave this one as it is: on your own machine `npm start -- --persist-to .wrangler/new`; on Cloudflare give it another `database_name` in wrangler.toml (without a `database_id`) and run `npm run deploy`.",
  zh: "该数据库的表由更早的版本创建，无法沿用。请保留它，另建一个新数据库：本机运行 `npm start -- --persist-to .wrangler/new`；在 Cloudflare 上请在 wrangler.toml 中换一个 `database_name`（去掉 `database_id`），再运行 `npm run deploy`。",
} as const;
const OLDER_SCHEMA = {
  en: "The tables of the database are as {newest} left them, and this version needs {needed}. Run `npm start` or `npm run deploy`, which apply what is missing.",
  zh: "数据库的表停留在 {newest}，本版本需要 {needed}：请运行 `npm start` 或 `npm run deploy` 补上缺少的迁移。",
} as const;

/** Why what is asked for is not there or not possible now, or what the service itself lacks. */
export const SERVICE_PROBLEMS = sentences({
  "judge_unavailable.measure": {
    en: "The judge could not be measured: {reason}",
    zh: "无法检验评判：{reason}",
  },
  "not_found.job": { en: "Score job not found: {id}", zh: "没有这条评分记录：{id}" },
  "not_found.run": { en: "Run not found: {id}", zh: "没有这次运行：{id}" },
  "not_found.sample": {
    en: "Sample not found in this run: {id}",
    zh: "这次运行里没有这个样本：{id}",
  },
  "not_found.session": { en: "Session not found: {id}", zh: "没有这个会话：{id}" },
  "not_found.share": { en: "Share link not found: {id}", zh: "没有这个分享链接：{id}" },
  "not_found.project": { en: "Project not found: {id}", zh: "没有这个项目：{id}" },
  "not_found.key": { en: "Key not found: {id}", zh: "没有这个密钥：{id}" },
  "not_found.alert": { en: "Alert not found: {id}", zh: "没有这条告警：{id}" },
  "not_found.channel": { en: "Channel not found: {id}", zh: "没有这个通知渠道：{id}" },
  "not_found.delivery": { en: "Delivery not found: {id}", zh: "没有这次投递：{id}" },
  "not_found.upload": {
    en: "The upload is gone; send it again.",
    zh: "上传的内容已经不在，请重新发送。",
  },
  "not_found.artifact": {
    en: "No such artifact. There are: {names}.",
    zh: "没有这个产物。可用的有：{names}。",
  },
  "not_found.artifact_gone": {
    en: "The artifact {name} of this run is gone.",
    zh: "这次运行的产物 {name} 已经不在。",
  },
  "not_found.documents": {
    en: "The build has no API documents; run `npm run build`.",
    zh: "构建里没有 API 文档；请运行 `npm run build`。",
  },
  "not_found.address": {
    en: "There is nothing at {method} {path}.",
    zh: "{method} {path} 没有内容。",
  },
  "not_found.other_address": {
    en: "There is nothing at {method} {path}. The right address is {right}",
    zh: "{method} {path} 没有接口，正确的地址是 {right}",
    unasked:
      "There is nothing at {method} {path}. The right address is {right} · 此处没有接口，正确的地址是 {right}",
  },
  "method_not_allowed.address": { en: "{path} takes {allowed}.", zh: "{path} 只接受 {allowed}。" },
  "method_not_allowed.mcp": {
    en: "This server takes POST only: no streams, no sessions.",
    zh: "本服务器只接受 POST：没有流，也没有会话。",
  },
  "upgrade_required.socket": {
    en: "Open this address as a WebSocket (wss://), or ask {events} for server-sent events.",
    zh: "请以 WebSocket（wss://）打开这个地址，或改用 {events} 的服务器推送事件。",
  },
  "rate_limited.listeners": {
    en: "Too many listen to jobs of this project; ask for the job instead.",
    zh: "这个项目同时监听任务的连接太多；请改为查询任务。",
  },
  "range_not_satisfiable.file": {
    en: "This file has {bytes} bytes.",
    zh: "这个文件有 {bytes} 字节。",
  },
  "invalid_cursor.other_list": {
    en: "The cursor does not belong to this list and these filters; start again without a cursor.",
    zh: "这个游标不属于这个列表和这些筛选条件；请不带游标从头开始。",
  },
  "invalid_request.fields_listed": { en: "{details}", zh: "{details}" },
  "invalid_request.no_metric": {
    en: "`metric` must be the name of a metric; see GET /api/metrics.",
    zh: "`metric` 必须是指标的名字，见 GET /api/metrics。",
  },
  "invalid_request.no_webhook_secret": {
    en: "No webhook can be sent: set WEBHOOK_SECRET first.",
    zh: "无法发送 Webhook：请先设置 WEBHOOK_SECRET。",
  },
  "invalid_request.no_claim": {
    en: "This sample has no claim {id}.",
    zh: "这个样本没有论断 {id}。",
  },
  "conflict.project_exists": {
    en: "The project {id} exists already.",
    zh: "项目 {id} 已经存在。",
  },
  "conflict.alerts": {
    en: "A project may have {limit} alerts; remove one first.",
    zh: "一个项目最多有 {limit} 条告警；请先删除一条。",
  },
  "conflict.channels": {
    en: "A project may have {limit} channels, besides those that callbacks brought; remove one first.",
    zh: "一个项目最多有 {limit} 个通知渠道（回调地址带来的另计）；请先删除一个。",
  },
  "conflict.callback_channels": {
    en: "Callbacks already name {limit} group bots in this project; somebody with the role admin removes one on the page Notifications, or adds this bot there.",
    zh: "本项目的回调地址已用到 {limit} 个群机器人；请 admin 在“通知”页删除一个，或在那里添加这个机器人。",
  },
  "conflict.channel_address": {
    en: "Another channel of this project has this address already.",
    zh: "本项目的另一个渠道已经使用这个地址。",
  },
  "rate_limited.channel_test": {
    en: "This channel was tested a moment ago; a group bot takes few messages a minute.",
    zh: "刚刚测试过这个渠道；群机器人每分钟只接收少量消息。",
  },
  "conflict.delivery": {
    en: "This delivery is still under way.",
    zh: "这次投递还在进行。",
  },
  "conflict.cancel": {
    en: "The job is {status}. Only a queued or running job can be cancelled.",
    zh: "任务的状态是 {status}。只有排队中或运行中的任务可以取消。",
  },
  "conflict.retry": {
    en: "The job is {status}. Only a failed or cancelled job, or a batch with failed samples, can be retried.",
    zh: "任务的状态是 {status}。只有失败或已取消的任务，或有失败样本的批次，可以重试。",
  },
  "conflict.delete": {
    en: "The job is {status}. Cancel it first.",
    zh: "任务的状态是 {status}。请先取消。",
  },
  "conflict.same_key": {
    en: "The same key is being submitted by another request; send it again.",
    zh: "另一个请求正在用同一个 key 提交，请再发一次。",
  },
  "conflict.run_too_large": {
    en: "The run has {samples} samples; up to {limit} can be computed again at once.",
    zh: "这次运行有 {samples} 个样本；一次最多重新计算 {limit} 个。",
  },
  "conflict.run_without_texts": {
    en: "This run keeps no texts, so metrics that read words can only be those it was scored with.",
    zh: "这次运行没有保留文本，所以读取文字的指标只能是当时评过的那些。",
  },
  "misconfigured.settings": { en: "{mistakes}", zh: "{mistakes}" },
  "misconfigured.no_secrets_key": {
    en: "Secrets are stored encrypted only: set the secret SECRETS_KEY to the Base64 of 32 random bytes (`npm start` and `npm run deploy` do).",
    zh: "机密只会加密后保存：请把机密 SECRETS_KEY 设为 32 个随机字节的 Base64（`npm start` 和 `npm run deploy` 会自动设置）。",
  },
  "misconfigured.other_secrets_key": {
    en: "This secret was encrypted under a key that is not set: set SECRETS_KEY_OLD to it, or enter the secret again.",
    zh: "这个机密是用另一把密钥加密的：请把 SECRETS_KEY_OLD 设为那把密钥，或重新填写这个机密。",
  },
  "misconfigured.changed_secret": {
    en: "The stored secret was changed or belongs elsewhere, so it is not used; enter it again.",
    zh: "保存的机密已被改动，或不属于这里，因此不会使用；请重新填写。",
  },
  "schema_missing.no_tables": {
    en: "The database has no tables yet; apply the migrations.",
    zh: "数据库还没有表，请先执行迁移。",
  },
  "storage_full.full": {
    en: "The disk or the database is full, so nothing new is kept. Make space, or set RETENTION_DAYS; it goes on by itself.",
    zh: "磁盘或数据库已满，不能再保存新的内容。请腾出空间，或设置 RETENTION_DAYS；之后会自行继续。",
  },
  "storage_unavailable.away": {
    en: "The storage does not answer; try again. On a machine of your own its disk may be full: the log of the server says so.",
    zh: "存储没有应答，请重试。若是自己的机器，可能是磁盘已满：服务器的日志会说明。",
  },
  "internal_error.logged": {
    en: "Something broke on our side; the request_id finds it in the logs.",
    zh: "我们这边出了错；凭 request_id 可以在日志里找到。",
  },
});

/** What stands beside a pointer in the problems above, and why an address is not gone to. */
export const SERVICE_PHRASES = sentences({
  job_failed: { en: "The job failed: {why}", zh: "任务失败：{why}" },
  job_failed_silently: { en: "The job failed.", zh: "任务失败。" },
  job_was_cancelled: { en: "The job was cancelled.", zh: "任务已取消。" },
  job_was_cancelled_for: { en: "The job was cancelled: {why}", zh: "任务已取消：{why}" },
  job_open: {
    en: "The job is {status}; ask again with its job_id, or with Prefer: wait=30.",
    zh: "任务的状态是 {status}；请稍后带上它的 job_id 再问，或用 Prefer: wait=30。",
  },
  model_ends: {
    en: "The model {model} ends on {day}, in {days} days. Choose another and measure it before: JUDGE_MODEL, EMBEDDING_MODEL, SPLIT_MODEL, ALLOWED_MODELS or DECISION_MODEL names it.",
    zh: "模型 {model} 将于 {day} 停用，还有 {days} 天。请提前换用并检验其他模型（JUDGE_MODEL、EMBEDDING_MODEL、SPLIT_MODEL、ALLOWED_MODELS 或 DECISION_MODEL 中用到了它）。",
  },
  model_ended: {
    en: "The model {model} ended on {day}; its provider answers no more. Choose another: JUDGE_MODEL, EMBEDDING_MODEL, SPLIT_MODEL, ALLOWED_MODELS or DECISION_MODEL names it.",
    zh: "模型 {model} 已于 {day} 停用，服务商不再应答。请换用其他模型（JUDGE_MODEL、EMBEDDING_MODEL、SPLIT_MODEL、ALLOWED_MODELS 或 DECISION_MODEL 中用到了它）。",
  },
  jobs_wait_long: {
    en: "The oldest queued job has waited for {minutes} minutes.",
    zh: "排队最久的任务已等待 {minutes} 分钟。",
  },
  no_key_set: {
    en: "No key is configured; set the secret ADMIN_KEY.",
    zh: "还没有配置密钥；请设置机密 ADMIN_KEY。",
  },
  schema_of_others: { ...OTHER_SCHEMA, unasked: `${OTHER_SCHEMA.en} ${OTHER_SCHEMA.zh}` },
  schema_behind: { ...OLDER_SCHEMA, unasked: `${OLDER_SCHEMA.en} ${OLDER_SCHEMA.zh}` },
  no_such_claim: { en: "No such claim.", zh: "没有这条论断。" },
  not_a_metric: { en: "Not a metric.", zh: "不是指标。" },
  no_secret_here: {
    en: "This server has no secret to sign with.",
    zh: "本服务器没有用于签名的密钥。",
  },
  pointed: { en: "{pointer}: {detail}", zh: "{pointer}：{detail}" },
  parameter: { en: "`{name}` {issue}.", zh: "`{name}` {issue}。" },
  url: { en: "`url` {problem}", zh: "`url` {problem}" },
  set_webhook_secret: {
    en: "No webhook can be sent: set the secret WEBHOOK_SECRET to whsec_ and the Base64 of 24 to 64 random bytes.",
    zh: "无法发送 Webhook：请把机密 WEBHOOK_SECRET 设为 whsec_ 加 24 到 64 个随机字节的 Base64。",
  },
  base_url: { en: "`base_url` {problem}", zh: "`base_url` {problem}" },
  webhook_no_secret: { en: "WEBHOOK_SECRET is not set.", zh: "没有设置 WEBHOOK_SECRET。" },
  webhook_address: { en: "The address {problem}", zh: "地址{problem}" },
  receiver_status: { en: "The receiver answered {status}.", zh: "接收方返回了 {status}。" },
  bot_said: { en: "The receiver said: {reply}", zh: "接收方说：{reply}" },
  bot_took_it: {
    en: "Accepted; whether it was shown is told in the history of the workflow alone.",
    zh: "已接收；是否显示只能在工作流的运行历史中看到。",
  },
  receiver_slow: {
    en: "The receiver did not answer within {seconds} s.",
    zh: "接收方在 {seconds} 秒内没有应答。",
  },
  receiver_unreachable: { en: "The receiver could not be reached.", zh: "无法连接接收方。" },
  address_unreadable: { en: "is not a URL.", zh: "不是 URL。" },
  address_with_user: {
    en: "must not hold a user or password.",
    zh: "不能带有用户名或密码。",
  },
  address_no_https: { en: "must begin with https://.", zh: "必须以 https:// 开头。" },
  address_port: { en: "must use port 443 or 8443.", zh: "必须使用 443 或 8443 端口。" },
  address_private: { en: "must lead to a public address.", zh: "必须指向公网地址。" },
  address_dot: {
    en: "must name its host without a dot at the end.",
    zh: "主机名末尾不能有点。",
  },
  url_of_bot: {
    en: "This is the address of a group bot ({kind}), which reads no webhooks; add it under Notifications and test it there.",
    zh: "这是群机器人（{kind}）的地址，它读不懂 Webhook；请在“通知”页添加并测试。",
  },
  channel_kind_unknown: {
    en: "The address does not tell whose it is: say `kind`.",
    zh: "从地址看不出是哪种渠道：请填写 `kind`。",
  },
  channel_kind_other: {
    en: "The address is one of `{kind}`; leave `kind` out.",
    zh: "这是 `{kind}` 的地址；不必填写 `kind`。",
  },
  channel_no_secret: {
    en: "A channel of the kind {kind} has no secret.",
    zh: "{kind} 渠道没有密钥。",
  },
  channel_langfuse_keys: {
    en: "Langfuse needs the keys of its project: the public one, a colon and the secret one, pk-lf-…:sk-lf-…",
    zh: "Langfuse 需要项目的密钥：公钥、冒号、私钥，即 pk-lf-…:sk-lf-…",
  },
  channel_events: {
    en: "This kind of channel cannot be told of {event}: Langfuse is told of trace.scored alone, groups of everything else.",
    zh: "这类渠道不能接收 {event}：Langfuse 只接收 trace.scored，群机器人接收其余各项。",
  },
  channel_webhook_secret: {
    en: "The secret of a webhook is whsec_ and the Base64 of 24 to 64 random bytes.",
    zh: "Webhook 的密钥是 whsec_ 加 24 到 64 个随机字节的 Base64。",
  },
  bot_feishu_old: {
    en: "This is the address of an old Feishu bot; add a custom bot to the group again and use its address, which has /bot/v2/hook/ in it.",
    zh: "这是旧版飞书机器人的地址；请在群里重新添加自定义机器人，使用带 /bot/v2/hook/ 的新地址。",
  },
  bot_slack_workflow: {
    en: "This is the trigger of a Slack workflow, which takes no messages; add an incoming webhook, whose address begins with https://hooks.slack.com/services/.",
    zh: "这是 Slack 工作流的触发地址，不能收消息；请添加 Incoming Webhook，其地址以 https://hooks.slack.com/services/ 开头。",
  },
  bot_office_connector: {
    en: "Microsoft has switched off the Office connectors (spring 2026). In Teams choose Workflows, “Post to a channel when a webhook request is received”, and use the address it gives.",
    zh: "微软已停用 Office 连接器（2026 年春）。请在 Teams 中选择“工作流”里的“收到 Webhook 请求时发布到频道”，使用它给出的地址。",
  },
  name_unresolved: {
    en: "The name {name} could not be resolved.",
    zh: "无法解析域名 {name}。",
  },
  name_private: {
    en: "The name {name} leads to an address that is not public.",
    zh: "域名 {name} 指向的不是公网地址。",
  },
});

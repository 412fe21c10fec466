import { sentences } from "./sentence.ts";

const WRONG_KEYS = {
  en: "Too many wrong keys from your address; check the key and try again in {minutes} min.",
  zh: "你的地址多次使用错误的密钥，请核对密钥，{minutes} 分钟后再试。",
} as const;
const OTHER_NAME = {
  en: "An open server (ACCESS_MODE=open) answers only to addresses and local names. If this name is yours, set {setting} (several: comma list) in .dev.vars or wrangler.toml and start again, or ask by IP address.",
  zh: "开放模式只应答 IP 地址和本地名称。若此域名属于你，请在 .dev.vars 或 wrangler.toml 中设置 {setting}（多个用逗号分隔）后重新启动，或改用 IP 地址访问。",
} as const;

/** Why somebody is not let in, or not let do this. */
export const ACCESS_PROBLEMS = sentences({
  "access_denied.no_key": {
    en: "Send your key as `Authorization: Bearer <key>` or `X-API-Key: <key>`.",
    zh: "请用 `Authorization: Bearer <key>` 或 `X-API-Key: <key>` 发送你的密钥。",
  },
  "access_denied.unknown_key": {
    en: "This key is not known here, or no longer.",
    zh: "这里没有这个密钥，或它已经失效。",
  },
  "access_denied.access_token": {
    en: "The Cloudflare Access token does not hold.",
    zh: "Cloudflare Access 的令牌无效。",
  },
  "access_denied.signed_out": {
    en: "You are signed out; sign in with your key again.",
    zh: "你已退出，请用密钥重新登录。",
  },
  "access_denied.session_key": {
    en: "The key of this session holds no longer.",
    zh: "这次登录所用的密钥已经失效。",
  },
  "access_denied.link": {
    en: "This link is over, withdrawn or incomplete.",
    zh: "这个链接已过期、被撤回或不完整。",
  },
  "forbidden.other_project": {
    en: "This key belongs to another project than X-Project says.",
    zh: "这个密钥不属于 X-Project 所说的项目。",
  },
  "forbidden.role": {
    en: "This needs the role {needed}; this key has {role}.",
    zh: "这需要 {needed} 角色；这个密钥是 {role}。",
  },
  "forbidden.deployment_role": {
    en: "This needs the role admin of the whole deployment; this key has {role}.",
    zh: "这需要整个部署的 admin 角色；这个密钥是 {role}。",
  },
  "forbidden.one_report": {
    en: "This link opens one report only.",
    zh: "这个链接只能打开一份报告。",
  },
  "forbidden.share_session": {
    en: "A share link opens one report and nothing else.",
    zh: "分享链接只能打开一份报告，不能做别的。",
  },
  "forbidden.quotas": {
    en: "Quotas are set by an admin of the whole deployment.",
    zh: "额度由整个部署的管理员设置。",
  },
  "forbidden.own_origin": {
    en: "A change by a signed-in browser needs the page's own Origin and the header {header}.",
    zh: "已登录的浏览器要做改动，须带页面自己的 Origin 和请求头 {header}。",
  },
  "forbidden.other_site": {
    en: "Pages of other sites may not call this server.",
    zh: "其他网站的页面不能调用本服务器。",
  },
  "rate_limited.key": {
    en: "Too many requests with this key; slow down.",
    zh: "这个密钥的请求太多，请放慢。",
  },
  "rate_limited.wrong_keys": { ...WRONG_KEYS, unasked: `${WRONG_KEYS.en} · ${WRONG_KEYS.zh}` },
  "misdirected_request.other_name": {
    ...OTHER_NAME,
    unasked: `${OTHER_NAME.en} · ${OTHER_NAME.zh}`,
  },
  "quota_exceeded.samples": {
    en: "This project may use {cap} samples a day (UTC), and today's are used up. Try again tomorrow or ask an admin for more.",
    zh: "本项目每天（UTC）可评 {cap} 个样本，今天的已用完。请明天再试，或请管理员调高。",
  },
  "quota_exceeded.judge_tokens": {
    en: "This project may use {cap} judge tokens a day (UTC), and today's are used up. Try again tomorrow or ask an admin for more.",
    zh: "本项目每天（UTC）可用 {cap} 个评判词元，今天的已用完。请明天再试，或请管理员调高。",
  },
  "quota_exceeded.usd_day": {
    en: "This project may spend {cap} US dollars a day (UTC) on its judge, and today's are spent. Try again tomorrow, use the offline judge, or ask an admin for more.",
    zh: "本项目每天（UTC）的评判费用上限为 {cap} 美元，今天的已用完。请明天再试、改用离线评判，或请管理员调高。",
  },
  "quota_exceeded.usd_month": {
    en: "This project may spend {cap} US dollars a month (UTC) on its judge, and this month's are spent. Use the offline judge, or ask an admin for more.",
    zh: "本项目每月（UTC）的评判费用上限为 {cap} 美元，本月的已用完。请改用离线评判，或请管理员调高。",
  },
  "access_not_configured.no_key": {
    en: "No key is configured. Set the secret ADMIN_KEY, or ACCESS_MODE=open for a server only you can reach.",
    zh: "还没有配置密钥。请设置机密 ADMIN_KEY；如果只有你能访问本服务器，也可设 ACCESS_MODE=open。",
  },
});

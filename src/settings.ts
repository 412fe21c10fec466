import * as z from "zod";
import type { JudgeChoice } from "./contract/outcome.ts";
import {
  DEFAULT_MODEL,
  EFFORT_SETTINGS,
  JUDGE_PLANS,
  REMOVED_PLAN,
} from "./judges/chat/settings.ts";
import { DIALECTS, USUAL_MODELS } from "./judges/decision/endpoint.ts";
import type { JudgeKind } from "./scoring/outcome.ts";
import {
  address,
  days,
  encryptionKey,
  headers,
  hostNames,
  hosts,
  list,
  oneOf,
  origins,
  teamDomain,
  text,
  webhookSecret,
} from "./setting-values.ts";

/** What operators are told of a setting, as Markdown; `npm run docs` writes it into both READMEs and .dev.vars.example. */
interface SettingWords {
  en: string;
  zh: string;
  /** Shown in .dev.vars.example; without one the default is. */
  example?: string;
  isSecret?: true;
  /** Asked for by the Deploy to Cloudflare button: every deployment needs it. */
  isAsked?: true;
}

export const SETTING_WORDS = z.registry<SettingWords>();

function setting<S extends z.ZodType>(words: SettingWords, read: S): S {
  // A copy: what reads two settings is one object, and the words belong to each.
  const own = read.clone();
  SETTING_WORDS.add(own, words);
  return own;
}

/** Every variable and secret by the name operators give it. */
export const SETTINGS = z.object({
  ADMIN_KEY: setting(
    {
      en: "the first key, at least 16 characters (`openssl rand -base64 24`); sent as `Authorization: Bearer …` or `X-API-Key`",
      zh: "第一个密钥，至少 16 个字符（`openssl rand -base64 24`）；以 `Authorization: Bearer …` 或 `X-API-Key` 发送",
      isSecret: true,
      isAsked: true,
    },
    text,
  ),
  ACCESS_MODE: setting(
    {
      en: "`keys` or `open`, which lets in everybody who can reach the server and is meant for your own machine. With `keys` and no key configured everything but health answers 503",
      zh: "`keys` 或 `open`；`open` 对所有能访问到服务的人开放，只用于自己的机器。为 `keys` 而没有配置任何密钥时，除健康检查外一律返回 503",
      example: "open",
    },
    oneOf(["keys", "open"], "keys"),
  ),
  OPEN_HOSTS: setting(
    {
      en: "names an open server answers to besides IP addresses, names without a dot, `localhost`, `*.localhost`, `*.local`, `*.internal`, `*.lan`, `*.home.arpa` and its quick tunnel (`npm start -- --tunnel`), comma list; other names get 421, against DNS rebinding ([what it holds](SECURITY.md))",
      zh: "开放模式还应答哪些域名，逗号分隔。IP 地址、不含点的名称、`localhost`、`*.localhost`、`*.local`、`*.internal`、`*.lan`、`*.home.arpa` 以及临时隧道（`npm start -- --tunnel`）无需填写；其他域名一律返回 421，以防 DNS 重绑定（[能防到哪一步](SECURITY.zh.md)）",
      example: "touchstone.example.com",
    },
    hostNames,
  ),
  JUDGE: setting(
    {
      en: "`auto` (the decision model where `DECISION_BASE_URL` is set, else the chat model where `OPENAI_API_KEY` is, else Cloudflare's own once it was measured better than offline, else offline), `decision`, `llm`, `offline`",
      zh: "`auto`（设了 `DECISION_BASE_URL` 用决策模型，否则设了 `OPENAI_API_KEY` 用对话模型，否则 Cloudflare 自带模型测得优于离线时用它，否则离线）、`decision`、`llm`、`offline`",
    },
    oneOf(["auto", "decision", "llm", "offline"], "auto"),
  ),
  DECISION_DIALECT: setting(
    {
      en: "how the decision model is spoken to: `systemone` (Jev, 百炼, LiteLLM, Ollama, llama.cpp, OpenRouter), `openai-decisions`, `workers-ai`",
      zh: "与决策模型通信的格式：`systemone`（Jev、百炼、LiteLLM、Ollama、llama.cpp、OpenRouter）、`openai-decisions`、`workers-ai`",
    },
    oneOf(DIALECTS, "systemone"),
  ),
  DECISION_BASE_URL: setting(
    {
      en: "where the decision model answers, ending in `/v1`; of `workers-ai` the account's address (`https://api.cloudflare.com/client/v4/accounts/ID/ai`), or empty for the binding",
      zh: "决策模型的地址，以 `/v1` 结尾；`workers-ai` 填账户地址（`https://api.cloudflare.com/client/v4/accounts/ID/ai`），留空则用绑定",
      example: "https://api.typesafe.ai/v1",
    },
    address("https://api.typesafe.ai/v1", null),
  ),
  DECISION_API_KEY: setting(
    {
      en: "its key; a server of your own may want none",
      zh: "它的密钥；自己的服务可以不需要",
      isSecret: true,
    },
    text,
  ),
  DECISION_MODEL: setting(
    {
      en: "the decision model, in an exact version where there is one; empty: the dialect's usual one",
      zh: "决策模型，尽量写确切版本；留空用该格式的常用模型",
      example: "jev-1.13.0",
    },
    text,
  ),
  SPLIT_MODEL: setting(
    {
      en: "a chat model that cuts answers into claims for the decision model; empty: each sentence is one",
      zh: "为决策模型把回答拆成论断的对话模型；留空则每句一条",
    },
    text,
  ),
  AI_GATEWAY_ID: setting(
    {
      en: "the AI Gateway calls to Cloudflare go through; their texts are neither cached nor logged there",
      zh: "调用 Cloudflare 模型所经的 AI Gateway；文本不会在其中缓存或记录",
    },
    text,
  ),
  EXTRA_HEADERS: setting(
    {
      en: "sent with every call to a model: `name=value,name=value`, values percent-encoded",
      zh: "每次调用模型附带的请求头：`name=value,name=value`，值用百分号编码",
      example: "x-team=evaluation",
      isSecret: true,
    },
    headers,
  ),
  OPENAI_API_KEY: setting(
    {
      en: "the key of the model that judges; without one the built-in offline judge scores",
      zh: "评判模型的密钥；没有密钥时由内置的离线评判打分",
      isSecret: true,
    },
    text,
  ),
  OPENAI_BASE_URL: setting(
    {
      en: "any OpenAI-compatible endpoint",
      zh: "任何兼容 OpenAI 的接口，国内模型填其兼容地址即可",
    },
    address("https://api.openai.com/v1", "https://api.openai.com/v1"),
  ),
  JUDGE_MODEL: setting(
    {
      en: "the model that judges, as the endpoint names it",
      zh: "评判模型，写接口所用的名称",
    },
    text.transform((value) => value ?? DEFAULT_MODEL),
  ),
  EMBEDDING_MODEL: setting(
    {
      en: "a model for the similarity metrics; without one they are not applicable",
      zh: "相似度指标所用的嵌入模型；不填则这些指标不适用",
      example: "text-embedding-3-small",
    },
    text,
  ),
  ALLOWED_MODELS: setting(
    {
      en: "further models a request may name, comma list",
      zh: "请求可以指定的其他模型，逗号分隔",
    },
    list,
  ),
  REASONING_EFFORT: setting(
    {
      en: "how much a model that reasons may think: `none` (where this is empty, for `gpt-6-luna`), `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; `default` (where this is empty, for every other model) sends nothing. An endpoint that refuses it is asked without",
      zh: "会推理的模型可以想多少：`none`（留空时 `gpt-6-luna` 用它）、`minimal`、`low`、`medium`、`high`、`xhigh`、`max`；`default`（留空时其他模型用它）什么也不发。接口不接受时自动不发",
      example: "none",
    },
    oneOf(EFFORT_SETTINGS, null),
  ),
  JUDGE_CONSISTENCY: setting(
    {
      en: "`off` or `doubtful`: a model is asked twice where it is unsure or the offline judge would say otherwise, and for 5 % at random; also per request as `consistency`",
      zh: "`off` 或 `doubtful`：模型没有把握、或离线评判意见不同之处再问一次，另随机抽查 5 %；也可在请求里用 `consistency`",
    },
    oneOf(["off", "doubtful"], "off"),
  ),
  JUDGE_PLAN: setting(
    {
      en: "`block`, `per-passage` (for small models)",
      zh: "`block`、`per-passage`（适合小模型）",
    },
    z.preprocess((value) => (isRemovedPlan(value) ? null : value), oneOf(JUDGE_PLANS, "block")),
  ),
  ACCESS_TEAM_DOMAIN: setting(
    {
      en: "sign-in through Cloudflare Access: the domain of your team",
      zh: "通过 Cloudflare Access 登录：团队的域名",
      example: "your-team.cloudflareaccess.com",
    },
    teamDomain,
  ),
  ACCESS_AUD: setting(
    {
      en: "the audience tag of the Access application; belongs to `ACCESS_TEAM_DOMAIN`",
      zh: "Access 应用的 AUD 标签；与 `ACCESS_TEAM_DOMAIN` 一起填写",
    },
    text,
  ),
  ACCESS_ADMINS: setting(
    {
      en: "e-mail addresses that administer the whole deployment, comma list; everybody else Access lets in may run",
      zh: "管理整个部署的邮箱，逗号分隔；Access 放行的其他人可以提交和查看",
      example: "ann@example.com",
    },
    list.transform((items) => items.map((item) => item.toLowerCase())),
  ),
  DIFY_ORIGINS: setting(
    {
      en: "your own Dify, as an exact origin such as `http://10.0.0.5:8080` (more by commas): what `POST /api/import/dify` may read besides public https addresses",
      zh: "自建的 Dify，写精确的源，如 `http://10.0.0.5:8080`（多个用逗号分隔）：除公网 https 地址外，`POST /api/import/dify` 还可读取这些地址",
      example: "http://10.0.0.5:8080",
    },
    origins,
  ),
  TARGET_HOSTS: setting(
    {
      en: "private hosts and ports of apps that experiments may ask, such as a self-hosted Dify, RAGFlow or FastGPT, comma list; public https addresses need no entry",
      zh: "实验可以提问的内网应用的主机与端口，如自建的 Dify、RAGFlow、FastGPT，逗号分隔；公网 https 地址无需填写",
      example: "10.0.0.5:8080,ragflow.lan:9380",
    },
    hosts,
  ),
  WEBHOOK_SECRET: setting(
    {
      en: '`whsec_…` (`echo "whsec_$(openssl rand -base64 32)"`); signs webhooks to a job\'s `callback_url` as Standard Webhooks says; without it none are sent',
      zh: '`whsec_…`（`echo "whsec_$(openssl rand -base64 32)"`），按 Standard Webhooks 规范给任务的 `callback_url` 回调签名；不填则不发送',
      isSecret: true,
    },
    webhookSecret,
  ),
  SECRETS_KEY: setting(
    {
      en: "32 random bytes as Base64 (`openssl rand -base64 32`), which encrypt the secrets people enter; `npm start` writes one into `.dev.vars`, `npm run deploy` sets one",
      zh: "32 个随机字节的 Base64（`openssl rand -base64 32`），用来加密人们填写的机密；`npm start` 会写入 `.dev.vars`，`npm run deploy` 会自动设置",
      isSecret: true,
    },
    encryptionKey,
  ),
  SECRETS_KEY_OLD: setting(
    {
      en: "the key before it, [while those secrets are encrypted anew](docs/operations.md#secrets-and-keys)",
      zh: "[轮换期间](docs/operations.zh.md#机密与密钥)的旧密钥",
      isSecret: true,
    },
    encryptionKey,
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    {
      en: "an OpenTelemetry collector (OTLP/HTTP, JSON) for scores and judge calls, on the trace of the request's `traceparent`; never a judged text ([what is sent](docs/operations.md#opentelemetry))",
      zh: "接收分数与评判调用的 OpenTelemetry 收集器（OTLP/HTTP，JSON），接在请求的 `traceparent` 上；从不发送被评文本（[发送内容](docs/operations.zh.md#opentelemetry)）",
      example: "http://localhost:4318",
    },
    address("http://localhost:4318", null).transform((value) => value?.replace(/\/+$/, "") ?? null),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    {
      en: "sent with every export: `name=value,name=value`, values percent-encoded",
      zh: "每次导出附带的请求头：`name=value,name=value`，值用百分号编码",
      example: "authorization=Bearer%20…",
      isSecret: true,
    },
    headers,
  ),
  OTEL_SERVICE_NAME: setting(
    {
      en: "what the exports call this service",
      zh: "导出时本服务的名称",
    },
    text.transform((value) => value ?? "touchstone"),
  ),
  RETENTION_DAYS: setting(
    {
      en: "ended jobs, runs and texts older than this are removed; without it they stay",
      zh: "已结束的任务、运行与文本超过这个天数后删除；不填则一直保留",
      example: "90",
    },
    days,
  ),
  JURISDICTION: setting(
    {
      en: "`eu`, `us` or `fedramp`: where the objects that tell listeners of progress run; written by the first `npm run deploy` when one is chosen, together with those of database, bucket and queues",
      zh: "`eu`、`us` 或 `fedramp`：推送进度的对象在哪个法域运行；第一次 `npm run deploy` 选择法域时自动写入，与数据库、存储桶、队列一致",
      example: "eu",
    },
    oneOf(["eu", "us", "fedramp"], null),
  ),
});

const NOT_BOUND: boolean = false;

export const Settings = SETTINGS.superRefine((value, context) => {
  if (value.JUDGE === "llm" && value.OPENAI_API_KEY === null) {
    context.addIssue(
      "JUDGE is llm but OPENAI_API_KEY is not set; set the secret, or JUDGE to auto.",
    );
  }
  if (value.ADMIN_KEY !== null && value.ADMIN_KEY.length < 16) {
    context.addIssue("ADMIN_KEY is shorter than 16 characters; use a long random one.");
  }
  if (value.SECRETS_KEY === null && value.SECRETS_KEY_OLD !== null) {
    context.addIssue("SECRETS_KEY_OLD is the key before SECRETS_KEY; set both.");
  }
  if ((value.ACCESS_TEAM_DOMAIN === null) !== (value.ACCESS_AUD === null)) {
    context.addIssue("ACCESS_TEAM_DOMAIN and ACCESS_AUD belong together; set both or neither.");
  }
}).transform((value) => ({
  openaiBaseUrl: value.OPENAI_BASE_URL,
  openaiApiKey: value.OPENAI_API_KEY,
  judgeModel: value.JUDGE_MODEL,
  embeddingModel: value.EMBEDDING_MODEL,
  allowedModels: value.ALLOWED_MODELS,
  judge: value.JUDGE,
  judgePlan: value.JUDGE_PLAN,
  decision: {
    dialect: value.DECISION_DIALECT,
    baseURL: value.DECISION_BASE_URL?.replace(/\/+$/, "") ?? null,
    apiKey: value.DECISION_API_KEY,
    model: value.DECISION_MODEL ?? USUAL_MODELS[value.DECISION_DIALECT],
    splitModel: value.SPLIT_MODEL,
    /** Is Workers AI there without an address? `readConfiguration` knows. */
    isBound: NOT_BOUND,
  },
  gatewayId: value.AI_GATEWAY_ID,
  extraHeaders: value.EXTRA_HEADERS,
  reasoningEffort: value.REASONING_EFFORT,
  judgeConsistency: value.JUDGE_CONSISTENCY,
  accessMode: value.ACCESS_MODE,
  openHosts: value.OPEN_HOSTS,
  adminKey: value.ADMIN_KEY,
  difyOrigins: value.DIFY_ORIGINS,
  targetHosts: value.TARGET_HOSTS,
  webhookSecret: value.WEBHOOK_SECRET,
  secretsKey: value.SECRETS_KEY,
  secretsKeyOld: value.SECRETS_KEY_OLD,
  retentionDays: value.RETENTION_DAYS,
  jurisdiction: value.JURISDICTION,
  otlp:
    value.OTEL_EXPORTER_OTLP_ENDPOINT === null
      ? null
      : {
          endpoint: value.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: value.OTEL_EXPORTER_OTLP_HEADERS,
          serviceName: value.OTEL_SERVICE_NAME,
        },
  access:
    value.ACCESS_TEAM_DOMAIN === null || value.ACCESS_AUD === null
      ? null
      : {
          teamDomain: value.ACCESS_TEAM_DOMAIN,
          audience: value.ACCESS_AUD,
          admins: value.ACCESS_ADMINS,
        },
}));

export type Settings = z.infer<typeof Settings>;

export function isRemovedPlan(value: unknown): boolean {
  return typeof value === "string" && value.trim() === REMOVED_PLAN;
}

/** Who judges: what the request asks for, else the settings; `isBetterMeasured` is asked only where it decides. */
export async function judgeKindOf(
  settings: Settings,
  choice: JudgeChoice | null,
  isBetterMeasured: () => Promise<boolean>,
): Promise<JudgeKind> {
  const mode = choice ?? settings.judge;
  if (mode !== "auto") return mode;
  const { baseURL, isBound } = settings.decision;
  if (baseURL !== null) return "decision";
  if (settings.openaiApiKey !== null) return "llm";
  // Cloudflare's own model is there unasked: it must have shown that it is worth more than none.
  return isBound && (await isBetterMeasured()) ? "decision" : "offline";
}

/** The model that judges where no request names one; null: none does. */
export function modelOf({ judgeModel, decision }: Settings, kind: JudgeKind): string | null {
  return { llm: judgeModel, decision: decision.model, offline: null }[kind];
}

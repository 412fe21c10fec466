import type { AnswerTooLarge } from "../../../net/read-answer.ts";
import { type Said, said } from "../../../words/said.ts";
import type { Feature } from "./capabilities.ts";
import { readErrorBody, type SaidError } from "./error-body.ts";
import { isMarkup } from "./provider-words.ts";

/** What a failed call means for us. `said`: the provider's words as they came, for `cleanWords`. */
export type Trouble =
  | {
      kind: "busy";
      retryAfterSeconds: number | null;
      detail: Said;
      obstacle: "busy" | "unreachable";
      said?: string;
    }
  /** The day's allowance is used up; it comes back with the next day. */
  | { kind: "spent"; said?: string }
  | { kind: "timeout" }
  | { kind: "refused"; said?: string }
  | { kind: "too_long" }
  /** The endpoint does not understand something; `features` are those it names, the surest first. */
  | { kind: "unsupported"; features: readonly Feature[]; complaint: string; said?: string }
  /** No such address, method or model. */
  | { kind: "missing"; detail: Said; said?: string }
  | {
      kind: "misconfigured";
      detail: Said;
      obstacle: "key_refused" | "no_credit";
      said?: string;
    };

const BUSY_STATUS: ReadonlySet<number> = new Set([408, 409, 425, 429]);
const MAY_TELL_CREDIT: ReadonlySet<number> = new Set([400, 403, 429]);
const CONTENT_FILTER =
  /content.?filter|content.?management|content.?policy|data.?inspection|responsibleai|sensitive|敏感|违规/;
const TOO_LONG =
  /context.?length|max_tokens_exceeded|context.?window|too many (input )?tokens|prompt is too long|input.{0,20}too long|超出.{0,10}长度|长度.{0,6}超/;
const NO_CREDIT =
  /insufficient.?(quota|balance|credit|funds?)|exceeded your current quota|arrearage|good standing|out of credits?|balance is (too low|not enough)|billing.{0,20}(hard.?limit|not active)|余额不足|欠费|额度(不足|已用尽)/;
/** A model of Workers AI's paid plan; Zhipu's and MiniMax' empty accounts. */
const NO_CREDIT_CODES = /(^| )(5035|1113|1008)( |$)/;
/** Workers AI's free allocation of the day. */
const SPENT = /daily free allocation|^(4006|3036)\b/;
const SPENT_CODES = /(^| )(4006|3036)( |$)/;
const KEY_REFUSED =
  /\b(invalid|incorrect|wrong|expired|missing|revoked|no)\W{1,3}(\w+\W{1,3}){0,2}(api.?key|access.?token|credential)|(api.?key|access.?token|credential)s?\b.{0,30}\b(not valid|invalid|incorrect|expired|missing|not found|required)|authentication.{0,3}(failed|error|fails|failure)|unauthori[sz]ed|unauthenticated|login fail|invalid.?(api.?key|token)|(密钥|令牌|api.?key|身份|鉴权).{0,12}(无效|错误|过期|失败|不正确)/;
const NO_MODEL =
  /model.?not.?(found|exist)|no route for|model\b.{0,80}\b(not exist|not found|not supported|unknown|not available|no longer|been (deprecated|retired|shut ?down)|decommissioned|not have access)|(unknown|invalid|no such|unsupported) model\b|无可用渠道|模型.{0,40}(不存在|不可用|已下线|未找到)|不存在.{0,6}模型/;
const BUSY_WORDS =
  /rate.?limit|too many requests|resource.?exhausted|overload|capacity|time.?d? ?out|unavailable|bad gateway|internal|server.?error|try again|限流|频率|繁忙|超时|稍后/;
const BAD_REQUEST = /invalid.?(request|parameter|argument)|unsupported|bad.?request|not supported/;
const FEATURES: readonly (readonly [Feature, RegExp])[] = [
  ["thinking", /enable_thinking|chat_template_kwargs|[`'"]thinking[`'"]/],
  [
    "system",
    /(system|developer).{0,3}(role|message|prompt|instruction)s?.{0,40}(not|n't|un|in)\W?(support|allow|enabl|valid)|role.{0,40}['"`](system|developer)['"`]|roles must alternate|does not support ['"`]?(system|developer)\b|不支持.{0,6}(system|系统).{0,4}(角色|消息|提示)/,
  ],
  ["temperature", /temperature/],
  ["effort", /reasoning.?effort/],
  [
    "format",
    /response.?format|json.?schema|json.?object|json mode|structured.?output|guided|grammar/,
  ],
  ["lengthLimit", /max_tokens|max_completion_tokens/],
];
/** Complaints of a template engine, which some servers answer with 500. */
const OF_TEMPLATE: ReadonlySet<Feature> = new Set(["thinking", "system"]);

/** The connection broke before there was an answer. */
export const UNREACHABLE: Trouble = busy(said("provider_connection"), "unreachable", null, "");

export function tooLarge({ limit }: AnswerTooLarge): Trouble {
  return { kind: "missing", detail: said("provider_answer_large", { limit }) };
}

/** An answer that is no success: what its status and its body say. */
export function readFailure(
  { status, headers }: { status: number; headers: Headers | undefined },
  body: unknown,
): Trouble {
  return classify(status, readErrorBody(body), readRetryAfter(headers, Date.now()));
}

/**
 * A body that came with status 200 and holds no reply, read as if its own code were the status. Without one: by its
 * words, and where they say nothing the service is taken to be away, which a later try shows.
 */
export function readTroubleInside(body: unknown): Trouble {
  const page = typeof body === "string" ? body : null;
  if (page !== null && !isMarkup(page)) return busy(said("provider_no_reply"), "busy", null, "");
  const error = readErrorBody(body);
  if (page !== null) {
    const status = Number(/<(?:title|h1)[^>]*>[^<]*?\b([45]\d\d)\b/i.exec(page)?.[1]) || null;
    if (status !== null) return classify(status, error, null);
    return busy(said("provider_web_page"), "unreachable", null, page);
  }
  if (error === null) return busy(said("provider_no_reply"), "busy", null, "");
  const byWords = isOutOfCredit(error) ? 402 : statusByWords(complaintOf(error));
  return classify(error.status ?? byWords, error, null);
}

function statusByWords(complaint: string): number {
  if (NO_MODEL.test(complaint)) return 404;
  if (KEY_REFUSED.test(complaint)) return 401;
  const isAboutUs =
    CONTENT_FILTER.test(complaint) || TOO_LONG.test(complaint) || featuresIn(complaint).length > 0;
  if (isAboutUs) return 400;
  if (BUSY_WORDS.test(complaint)) return 503;
  return BAD_REQUEST.test(complaint) ? 400 : 502;
}

function classify(status: number, error: SaidError | null, retryAfter: number | null): Trouble {
  const complaint = error ? complaintOf(error) : "";
  const words = error?.message ?? "";
  if (error && isSpent(error)) return { kind: "spent", said: words };
  if (status === 402 || (error && MAY_TELL_CREDIT.has(status) && isOutOfCredit(error))) {
    return misconfigured(said("provider_no_credit"), "no_credit", words);
  }
  const features = featuresIn(complaint, error?.param.toLowerCase());
  if (BUSY_STATUS.has(status) || status >= 500) {
    const ofTemplate = features.filter((feature) => OF_TEMPLATE.has(feature));
    if (status >= 500 && ofTemplate.length > 0) return unsupported(ofTemplate, complaint, words);
    return busy(said("provider_status", { status }), "busy", retryAfter, words);
  }
  if (CONTENT_FILTER.test(complaint)) return { kind: "refused", said: words };
  if (status === 401) return keyRefused(status, words);
  if (status === 413 || TOO_LONG.test(complaint)) return { kind: "too_long" };
  if (features.length === 0 && NO_MODEL.test(complaint)) return missing(status, words);
  if (status === 403 || KEY_REFUSED.test(complaint)) return keyRefused(status, words);
  if (features.length > 0 || status === 400 || status === 422) {
    return unsupported(features, complaint, words);
  }
  return missing(status, words);
}

/** Whatever the status: the code alone tells that it is not the load that passes by itself. */
function isSpent({ codes, message }: SaidError): boolean {
  return SPENT_CODES.test(codes) || SPENT.test(message.trim().toLowerCase());
}

function isOutOfCredit(said: SaidError): boolean {
  return NO_CREDIT_CODES.test(said.codes) || NO_CREDIT.test(complaintOf(said));
}

/** What it names, the parameter it points at first. */
function featuresIn(complaint: string, param = ""): Feature[] {
  const named = FEATURES.filter(([, words]) => words.test(complaint));
  const pointed = named.filter(([, words]) => param !== "" && words.test(param));
  return [...new Set([...pointed, ...named].map(([feature]) => feature))];
}

function complaintOf({ codes, message }: SaidError): string {
  return `${codes} ${message}`.slice(0, 2000).toLowerCase();
}

function busy(
  detail: Said,
  obstacle: "busy" | "unreachable",
  retryAfterSeconds: number | null,
  said: string,
): Trouble {
  return { kind: "busy", retryAfterSeconds, detail, obstacle, said };
}

function unsupported(features: readonly Feature[], complaint: string, said: string): Trouble {
  return { kind: "unsupported", features, complaint, said };
}

function keyRefused(status: number, theirs: string): Trouble {
  return misconfigured(said("provider_key_refused", { status }), "key_refused", theirs);
}

function misconfigured(detail: Said, obstacle: "key_refused" | "no_credit", said: string): Trouble {
  return { kind: "misconfigured", detail, obstacle, said };
}

function missing(status: number, theirs: string): Trouble {
  return { kind: "missing", detail: said("provider_unknown_model", { status }), said: theirs };
}

/** Seconds from `retry-after-ms` or `Retry-After` (seconds or a date); null when absent or unreadable. */
export function readRetryAfter(headers: Headers | undefined, now: number): number | null {
  const milliseconds = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds / 1000;
  const value = headers?.get("retry-after");
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds : null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}

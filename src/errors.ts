import { outerCode, type ProblemTable, type Said, said } from "./words/said.ts";
import type { Sentence } from "./words/sentence.ts";

/** Every refusal of the product. One table gives the HTTP status and title; `app.ts` is the one place that answers. */
export const ERRORS = {
  body_unreadable: [400, { en: "The body could not be read", zh: "请求体读不出来" }],
  invalid_cursor: [400, { en: "The cursor does not fit", zh: "游标不符" }],
  access_denied: [401, { en: "No valid key", zh: "没有有效的密钥" }],
  forbidden: [403, { en: "Not allowed with this key", zh: "这个密钥无权这样做" }],
  not_found: [404, { en: "Not found", zh: "没有找到" }],
  method_not_allowed: [
    405,
    { en: "This method is not for this address", zh: "这个地址不接受这种方法" },
  ],
  conflict: [409, { en: "Not possible in this state", zh: "当前状态下不能这样做" }],
  body_too_large: [413, { en: "The body is too large", zh: "请求体太大" }],
  unsupported_media_type: [
    415,
    { en: "This content type is not understood", zh: "无法理解这种内容类型" },
  ],
  range_not_satisfiable: [
    416,
    { en: "The file is shorter than the part asked for", zh: "文件没有请求的那么长" },
  ],
  misdirected_request: [
    421,
    { en: "This server does not answer to this name", zh: "本服务器不应答这个名称" },
  ],
  invalid_request: [422, { en: "The request is not valid", zh: "请求无效" }],
  idempotency_mismatch: [422, { en: "Same key, other payload", zh: "同一个 key，内容不同" }],
  upgrade_required: [
    426,
    { en: "This address answers to WebSockets", zh: "这个地址只接受 WebSocket" },
  ],
  rate_limited: [429, { en: "Too many requests", zh: "请求太多" }],
  quota_exceeded: [429, { en: "The quota of this day is used up", zh: "今天的额度已用完" }],
  internal_error: [500, { en: "Something broke on our side", zh: "我们这边出了错" }],
  access_not_configured: [503, { en: "Access is not configured", zh: "还没有配置访问方式" }],
  misconfigured: [503, { en: "The settings of this server are wrong", zh: "本服务器的设置有误" }],
  schema_missing: [503, { en: "The database has no tables yet", zh: "数据库还没有表" }],
  overloaded: [503, { en: "Too much at once", zh: "当前请求过多" }],
  judge_unavailable: [503, { en: "The judge cannot be reached", zh: "无法连接评判模型" }],
  storage_unavailable: [503, { en: "The storage does not answer", zh: "存储没有应答" }],
  storage_full: [507, { en: "There is no space left", zh: "没有空间了" }],
} as const satisfies Record<string, readonly [number, Sentence]>;

export type ErrorCode = keyof typeof ERRORS;

/** What is said when a request is refused; the part of its code before the dot is the code of the problem. */
export type SaidProblem = Said<Extract<keyof ProblemTable, `${ErrorCode}.${string}`>>;

export interface FieldError {
  /** JSON pointer as a fragment, `#/answer`. */
  pointer: string;
  detail: Said;
}

function errorCodeOf({ code }: SaidProblem): ErrorCode {
  const outer = outerCode(code);
  return isErrorCode(outer) ? outer : "internal_error";
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** A refusal: what is said of it, and the code, status and title that go with it. */
export class AppError extends Error {
  readonly said: SaidProblem;
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  /** Of the answer: what its status demands. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    said: SaidProblem,
    options: {
      errors?: readonly FieldError[];
      cause?: unknown;
      retryAfterSeconds?: number;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(said.code, { cause: options.cause });
    this.name = "AppError";
    this.said = said;
    this.code = errorCodeOf(said);
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return ERRORS[this.code][0];
  }
}

/** Refuses a request for one field, named as in JSON. */
export function refuseField(field: string, detail: Said): AppError {
  const errors = [{ pointer: `#/${field}`, detail }];
  return new AppError(said("invalid_request.fields", { first: detail, more: "" }), { errors });
}

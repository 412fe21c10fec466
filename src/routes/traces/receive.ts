import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { encodingOf, type OtlpEncoding, otlpSuccess } from "../../http/otlp-answers.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { receiveSpans, traceSettings } from "../../jobs/traces/receive-spans.ts";
import { type Kept, SpanKeeper } from "../../traces/keep-spans.ts";
import { readJson } from "../../traces/otlp/read-json.ts";
import { withOtlpBody } from "../../traces/otlp/read-otlp-body.ts";
import { readProtobuf } from "../../traces/otlp/read-protobuf.ts";
import { OTLP_LIMITS, OtlpError, type Span } from "../../traces/span.ts";
import { said } from "../../words/said.ts";
import type { TRACE_ROUTES } from "./routes.ts";

const MEGABYTE = 1024 * 1024;
/** A resource attribute by which a sender may say which project it means; the key alone decides. */
const PROJECT_ATTRIBUTE = "touchstone.project";

export const RECEIVE_HANDLERS = {
  receive_traces: (http) => receive(http),

  receive_project_traces: (http, { params }) => {
    refuseOtherProject(http, params.project);
    return receive(http);
  },

  receive_metrics: (http) => otlpSuccess(encodingOfRequest(http)),
  receive_logs: (http) => otlpSuccess(encodingOfRequest(http)),
} satisfies Partial<Handlers<typeof TRACE_ROUTES>>;

async function receive(http: Http): Promise<Response> {
  const encoding = encodingOfRequest(http);
  const { project, id, settings } = http.get("caller");
  const { kept, invalid } = await withOtlpBody(http.req.raw, async (bytes) => {
    const keeper = new SpanKeeper(traceSettings(settings).rule);
    const named = new Set<unknown>();
    const take = (span: Span) => {
      named.add(span.resource.get(PROJECT_ATTRIBUTE) ?? project);
      keeper.take(span);
    };
    const taken = encoding === "json" ? readJson(bytes, take) : await readProtobuf(bytes, take);
    for (const one of named) refuseOtherProject(http, one);
    const kept = keeper.finish();
    // A request without a span is a test too.
    return { kept: { ...kept, isTest: kept.isTest || taken.spans === 0 }, invalid: taken.invalid };
  }).catch((error: unknown) => {
    throw error instanceof OtlpError ? refusalOf(error) : error;
  });
  await keep(http, { project, submittedBy: id, settings }, kept, invalid);
  return otlpSuccess(encoding);
}

async function keep(
  http: Http,
  receiver: Parameters<typeof receiveSpans>[1],
  kept: Kept,
  invalid: number,
): Promise<void> {
  const isKept = await receiveSpans(http.get("jobs"), receiver, kept, invalid);
  if (!isKept) throw new AppError(said("overloaded.open_traces"), { retryAfterSeconds: 10 });
}

/** A sender that tries whether somebody is there may send nothing at all. */
function encodingOfRequest(http: Http): OtlpEncoding {
  const type = http.req.header("content-type");
  const encoding = encodingOf(type);
  if (encoding !== null) return encoding;
  if (type === undefined && http.req.raw.body === null) return "protobuf";
  throw new AppError(said("unsupported_media_type.otlp"));
}

function refuseOtherProject(http: Http, named: unknown): void {
  if (named !== http.get("caller").project) throw new AppError(said("forbidden.other_project"));
}

function refusalOf(error: OtlpError): AppError {
  if (error.reason === "busy") {
    return new AppError(said("overloaded.decoding"), { retryAfterSeconds: 2 });
  }
  if (error.reason === "malformed") {
    return new AppError(said("body_unreadable.otlp"), { cause: error.cause });
  }
  return new AppError(
    said("body_too_large.otlp", {
      raw: OTLP_LIMITS.rawBytes / MEGABYTE,
      inflated: OTLP_LIMITS.inflatedBytes / MEGABYTE,
      spans: OTLP_LIMITS.spans,
    }),
  );
}

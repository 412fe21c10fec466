import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { TraceInfo, TraceSource } from "../../../src/contract/trace.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount, formatDateTime, formatDuration } from "../../kit/format.ts";
import { Titled } from "../../kit/titled.tsx";
import { CopyLine } from "../first-job/recipes.tsx";
import { Sampling } from "./sampling-form.tsx";
import { Way } from "./way.tsx";

const LOOK_EVERY_MS = 5000;
const EXAMPLES = "https://opentelemetry.io/docs/languages/";

/** By the names they give themselves. */
const SOURCES: Partial<Record<TraceSource, string>> = {
  dify: "Dify",
  openinference: "OpenInference",
  langfuse: "Langfuse",
  gen_ai: "OpenTelemetry gen_ai",
  traceloop: "OpenLLMetry",
};

/** Live traffic: runs of apps come in by themselves, as OpenTelemetry. */
export function LiveTraffic() {
  const bearer = () => `{"Authorization":"Bearer ${t().connect.yourKey}"}`;
  return (
    <>
      <div class="mt-6 grid items-start gap-6 xl:grid-cols-2">
        <Way title={t().connect.traceDifyTitle} text={t().connect.traceDifyText}>
          <dl class="grid grid-cols-1 gap-2">
            <CopyLine name="Endpoint" value={`${location.origin}/v1/traces`} />
            <CopyLine name="HTTP headers (JSON)" value={bearer()} />
            <CopyLine name="Service name" value={t().connect.traceServiceName} />
          </dl>
          <Notes notes={t().connect.traceDifyNotes} />
          <Show when={location.protocol !== "https:"}>
            <p class="mt-3 text-sm text-warn">{t().connect.traceHttps}</p>
          </Show>
        </Way>
        <div class="grid grid-cols-1 gap-6">
          <Way title={t().connect.tracePhoenixTitle} text={t().connect.tracePhoenixText}>
            <dl class="grid grid-cols-1 gap-2">
              <CopyLine name="Endpoint" value={location.origin} />
              <CopyLine name="API Key" value={t().connect.yourKey} isPlain />
              <CopyLine name="Project" value={t().connect.traceServiceName} />
            </dl>
            <Notes notes={t().connect.tracePhoenixNotes} />
          </Way>
          <Way title={t().connect.traceSdkTitle} text={t().connect.traceSdkText}>
            <dl class="grid grid-cols-1 gap-2">
              <CopyLine
                name="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
                value={`${location.origin}/v1/traces`}
              />
              <CopyLine
                name="OTEL_EXPORTER_OTLP_HEADERS"
                value={`x-api-key=${t().connect.yourKey}`}
              />
            </dl>
            <p class="mt-3 text-sm text-soft">
              <a class="link" href={EXAMPLES} rel="noreferrer" target="_blank">
                {t().connect.traceSdkLink}
              </a>
            </p>
          </Way>
        </div>
      </div>
      <LastTraces />
      <Sampling />
    </>
  );
}

function Notes(props: { notes: readonly string[] }) {
  return (
    <ul class="mt-4 grid list-disc grid-cols-1 gap-1.5 pl-5 text-sm wrap-anywhere text-soft marker:text-accent-fill">
      <For each={props.notes}>{(note) => <li>{note}</li>}</For>
    </ul>
  );
}

/** What was understood of the last traces, and why some were not scored. */
function LastTraces() {
  const query = useQuery(() => ({
    queryKey: ["traces"],
    queryFn: ({ signal }: { signal: AbortSignal }) => request("GET /api/traces", { signal }),
    refetchInterval: LOOK_EVERY_MS,
  }));
  return (
    <Titled
      id="last-traces"
      title={t().connect.lastTitle}
      text={t().connect.lastText}
      class="card mt-6 p-5 sm:p-6"
    >
      <Show
        when={query.isSuccess && query.data}
        fallback={<p class="mt-3">{t().connect.lastNone}</p>}
      >
        {(list) => (
          <>
            <p class="mt-3 text-sm text-soft">
              {t().connect.lastCoverage(
                formatCount(list().counts.scored ?? 0),
                formatCount(list().counts.eligible ?? 0),
              )}{" "}
              <Show when={list().tested_at}>
                {(at) => t().connect.lastTested(formatDateTime(at()))}
              </Show>
            </p>
            <Show
              when={list().traces.length > 0}
              fallback={<p class="mt-3">{t().connect.lastNone}</p>}
            >
              <div
                class="mt-3 overflow-x-auto"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be scrolled by keyboard too
                tabIndex={0}
              >
                <table class="w-full min-w-[44rem] text-left text-sm">
                  <thead class="text-faint">
                    <tr>
                      <For each={t().connect.lastColumns}>
                        {(name) => <th class="py-1.5 pr-4 font-medium">{name}</th>}
                      </For>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={list().traces}>{(trace) => <Row trace={trace} />}</For>
                  </tbody>
                </table>
              </div>
            </Show>
          </>
        )}
      </Show>
    </Titled>
  );
}

/** Of the app that was judged: its model, what it took, how long. */
function appFacts(origin: TraceInfo["origin"]): string[] {
  if (origin === null) return [];
  const { model, tokens, latency_ms } = origin;
  return [
    ...(model === null ? [] : [model]),
    ...(tokens === null ? [] : [formatCount(tokens)]),
    ...(latency_ms === null ? [] : [formatDuration(latency_ms)]),
  ];
}

function Row(props: { trace: TraceInfo }) {
  const origin = () => props.trace.origin;
  return (
    <tr class="border-t border-line align-top">
      <td class="py-2 pr-4 whitespace-nowrap">{formatDateTime(props.trace.arrived_at)}</td>
      <td class="py-2 pr-4">
        <Show when={origin()} fallback="–">
          {(known) => (
            <a class="link" href={`/?tag=${encodeURIComponent(`source=${known().source}`)}`}>
              {SOURCES[known().source] ?? t().connect.ruleSource}
            </a>
          )}
        </Show>
      </td>
      <td class="py-2 pr-4 break-all">{origin()?.app ?? "–"}</td>
      <td class="py-2 pr-4 break-all">{origin()?.user ?? "–"}</td>
      <td class="py-2 pr-4">{appFacts(origin()).join(" · ") || "–"}</td>
      <td class="py-2 pr-4 text-right tabular-nums">{props.trace.passages ?? "–"}</td>
      <td class="py-2">
        <Show
          when={props.trace.job_id}
          fallback={<span class="text-soft">{t().connect.outcomes[props.trace.outcome]}</span>}
        >
          {(id) => (
            <a class="link" href={`/jobs/${id()}`}>
              {t().connect.outcomes[props.trace.outcome]}
            </a>
          )}
        </Show>
      </td>
    </tr>
  );
}

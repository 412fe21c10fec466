import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { shareTokenFor } from "../../kit/access.ts";
import { artifactPath, getFile, reportFilePath } from "../../kit/api.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { Icon } from "../../kit/icon.tsx";
import { announce } from "../../kit/toasts.tsx";

/** Where the numbers come from, so that they can be had again; and everything to take along. */
export function MethodFooter(props: { report: Report }) {
  const run = () => props.report.run;
  const usage = () => props.report.usage;
  const facts = (): [string, string][] => {
    const rows: [string, string | null][] = [
      [t().report.judge, run().judge],
      [t().report.model, run().judge_model],
      [t().report.embedding, run().embedding_model],
      [t().report.started, formatDateTime(run().started_at)],
      [t().report.finished, formatDateTime(run().finished_at)],
      [
        t().report.usage,
        t().job.usageText(
          formatCount(usage().judge_calls),
          formatCount(usage().cached_calls),
          formatTokens(usage()),
        ),
      ],
      [t().report.runId, run().run_id],
    ];
    return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  };
  return (
    <div class="grid gap-6 lg:grid-cols-2">
      <section aria-labelledby="method" class="card p-5">
        <h2 id="method" class="text-lg font-semibold">
          {t().report.method}
        </h2>
        <dl class="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
          <For each={facts()}>
            {([name, value]) => (
              <>
                <dt class="text-faint">{name}</dt>
                <dd class="break-words">{value}</dd>
              </>
            )}
          </For>
          <For each={Object.entries(props.report.versions)}>
            {([name, value]) => (
              <>
                <dt class="text-faint">{wordFor({}, name)}</dt>
                <dd class="font-mono text-[0.8125rem] break-all">{value}</dd>
              </>
            )}
          </For>
        </dl>
      </section>
      <Downloads report={props.report} />
    </div>
  );
}

function Downloads(props: { report: Report }) {
  const runId = () => props.report.run.run_id;
  async function save(event: MouseEvent, path: string, fileName: string): Promise<void> {
    if (shareTokenFor(path) === null) return;
    event.preventDefault();
    try {
      const url = URL.createObjectURL(await getFile(path));
      const link = document.createElement("a");
      link.href = url;
      link.download = fileName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (error) {
      announce(error instanceof Error ? error.message : t().error.unreadable);
    }
  }
  return (
    <section aria-labelledby="downloads" class="card p-5 print:hidden">
      <h2 id="downloads" class="text-lg font-semibold">
        {t().report.downloads}
      </h2>
      <ul class="mt-3 grid grid-cols-1 gap-1">
        <For each={props.report.artifacts}>
          {(name) => (
            <li>
              <a
                class="-mx-2 flex items-start gap-3 rounded-field px-2 py-1.5 hover:bg-raised"
                href={`${artifactPath(runId(), name)}?download=1`}
                target="_self"
                download={`${runId()}-${name}`}
                onClick={(event) => save(event, artifactPath(runId(), name), `${runId()}-${name}`)}
              >
                <Icon name="download" class="mt-1 text-accent" />
                <span class="min-w-0">
                  <span class="block font-mono text-sm break-all">{name}</span>
                  <Show when={Object.hasOwn(t().report.artifact, name)}>
                    <span class="block text-xs text-faint">
                      {wordFor(t().report.artifact, name)}
                    </span>
                  </Show>
                </span>
              </a>
            </li>
          )}
        </For>
        <li class="mt-2 border-t border-line pt-3">
          <a
            class="button"
            href={reportFilePath(runId())}
            target="_self"
            rel="external"
            download={`${runId()}.html`}
            onClick={(event) => save(event, reportFilePath(runId()), `${runId()}.html`)}
          >
            <Icon name="download" />
            {t().report.file}
          </a>
        </li>
      </ul>
    </section>
  );
}

import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { artifactPath, getFile, reportFilePath, shareTokenFor } from "../../kit/api.ts";
import { FactList, formatUsage } from "../../kit/fact-list.tsx";
import { formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { saveFile } from "../../kit/save-file.ts";
import { sayWhy } from "../../kit/say-why.ts";
import { Titled } from "../../kit/titled.tsx";
import { announce } from "../../kit/toasts.tsx";

/** Where the numbers come from, so that they can be had again; and everything to take along. */
export function MethodFooter(props: { report: Report }) {
  const run = () => props.report.run;
  return (
    <div class="grid gap-6 lg:grid-cols-2">
      <Titled id="method" title={t().report.method} class="card p-5">
        <FactList
          class="mt-3"
          facts={[
            [t().report.judge, run().judge],
            [t().report.model, run().judge_model],
            [t().report.embedding, run().embedding_model],
            [t().report.started, formatDateTime(run().started_at)],
            [t().report.finished, formatDateTime(run().finished_at)],
            [t().report.usage, formatUsage(props.report.usage)],
            [t().report.runId, run().run_id],
          ]}
          codes={Object.entries(props.report.versions).map(([name, version]) => [
            wordFor({}, name),
            version,
          ])}
        />
      </Titled>
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
      saveFile(fileName, await getFile(path));
    } catch (error) {
      announce(sayWhy(error));
    }
  }
  return (
    <Titled id="downloads" title={t().report.downloads} class="card p-5 print:hidden">
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
    </Titled>
  );
}

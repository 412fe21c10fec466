import { For, type JSX, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { isSignedIn } from "../../kit/access.ts";
import { shareTokenFor } from "../../kit/api.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { nameTab } from "../../kit/page-heading.tsx";
import { saveFile } from "../../kit/save-file.ts";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";
import { JudgeChip } from "./judge-chip.tsx";
import { artifactPath, getFile, reportFilePath, shareRun } from "./report-files.ts";

/** One line: what the report is of, who judged, and how to take it along. */
export function ReportHeading(props: {
  report: ReviewedReport;
  title: string;
  /** What names the tab. */
  tab: string;
  /** The way to a baseline. */
  baseline: JSX.Element;
}) {
  const run = () => props.report.run;
  nameTab(() => props.tab.slice(0, 60));
  return (
    <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1
        class="line-clamp-2 min-w-0 flex-initial text-lg leading-snug font-semibold break-all sm:line-clamp-1"
        title={props.title}
      >
        <span class={props.title ? "text-sm font-normal text-faint" : ""}>{t().report.title}</span>
        {props.title && ` · ${props.title}`}
      </h1>
      <p class="flex flex-wrap items-center gap-x-3 text-sm text-faint">
        <span>{t().runs.sampleCount(run().total_samples, formatCount(run().total_samples))}</span>
        <Show when={run().invalid_samples > 0}>
          <span class="text-bad">{t().report.unscored(formatCount(run().invalid_samples))}</span>
        </Show>
        <Show when={props.report.rejected_rows}>
          {(n) => <span class="text-bad">{t().report.rejectedRows(formatCount(n()))}</span>}
        </Show>
        <time datetime={run().finished_at}>{formatDateTime(run().finished_at)}</time>
        <span class="hidden print:inline">{run().judge_model ?? run().judge}</span>
      </p>
      <JudgeChip report={props.report} />
      <div class="flex flex-wrap items-center gap-1.5 md:ml-auto print:hidden">
        {props.baseline}
        <ShareButtons runId={run().run_id} />
        <Downloads report={props.report} />
        <button
          type="button"
          class="button button-slim"
          title={t().report.print}
          onClick={() => print()}
        >
          <Icon name="print" />
          <span class="sr-only">{t().report.print}</span>
        </button>
      </div>
    </div>
  );
}

/** The address of the report; and, where one must sign in, a link for somebody who cannot. */
function ShareButtons(props: { runId: string }) {
  async function share(): Promise<void> {
    try {
      const link = await shareRun(props.runId);
      await navigator.clipboard.writeText(link.url);
      announce(t().report.shareCopied(formatDateTime(link.expires_at)));
    } catch (error) {
      announce(sayWhy(error));
    }
  }
  return (
    <>
      <CopyButton
        class="button button-slim"
        text={`${location.origin}/runs/${props.runId}`}
        label={t().report.copyLink}
        said={t().report.linkCopied}
      />
      <Show when={isSignedIn()}>
        <button type="button" class="button button-slim" onClick={share}>
          {t().report.share}
        </button>
      </Show>
    </>
  );
}

function Downloads(props: { report: ReviewedReport }) {
  const runId = () => props.report.run.run_id;
  const files = () => [
    ...props.report.artifacts.map((name) => ({
      name,
      path: artifactPath(runId(), name),
      href: `${artifactPath(runId(), name)}?download=1`,
      saveAs: `${runId()}-${name}`,
      meaning: Object.hasOwn(t().report.artifact, name) ? wordFor(t().report.artifact, name) : "",
    })),
    {
      name: "report.html",
      path: reportFilePath(runId()),
      href: reportFilePath(runId()),
      saveAs: `${runId()}.html`,
      meaning: t().report.file,
    },
  ];
  async function save(event: MouseEvent, path: string, saveAs: string): Promise<void> {
    if (shareTokenFor(path) === null) return;
    event.preventDefault();
    try {
      saveFile(saveAs, await getFile(path));
    } catch (error) {
      announce(sayWhy(error));
    }
  }
  return (
    <InfoPopover
      label={t().report.downloads}
      class="button button-slim"
      face={
        <>
          <Icon name="download" />
          <span class="sr-only">{t().report.downloads}</span>
        </>
      }
    >
      <ul class="grid grid-cols-1 gap-1">
        <For each={files()}>
          {(file) => (
            <li>
              <a
                class="-mx-2 block rounded-field px-2 py-1.5 hover:bg-raised"
                href={file.href}
                target="_self"
                rel="external"
                download={file.saveAs}
                onClick={(event) => save(event, file.path, file.saveAs)}
              >
                <span class="block font-mono break-all">{file.name}</span>
                <span class="block text-xs text-faint">{file.meaning}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </InfoPopover>
  );
}

import { Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { isSignedIn } from "../../kit/access.ts";
import { shareRun } from "../../kit/api.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { PageHeading } from "../../kit/page-heading.tsx";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";

/** What the report is of, and how to take it along. */
export function ReportHeading(props: { report: Report; title: string }) {
  const run = () => props.report.run;
  return (
    <div>
      <PageHeading title={t().report.title} tab={props.title.slice(0, 60)}>
        <ShareButtons runId={run().run_id} />
        <button type="button" class="button" onClick={() => print()}>
          <Icon name="print" />
          {t().report.print}
        </button>
      </PageHeading>
      <p class="mt-3 text-lg leading-snug font-medium break-words">{props.title}</p>
      <p class="mt-1 flex flex-wrap gap-x-3 text-sm text-faint">
        <span>
          {t().report.runOf(
            t().runs[run().mode],
            t().runs.sampleCount(run().total_samples, formatCount(run().total_samples)),
          )}
        </span>
        <Show when={run().invalid_samples > 0}>
          <span class="text-warn">{t().report.unscored(formatCount(run().invalid_samples))}</span>
        </Show>
        <Show when={props.report.rejected_rows}>
          {(n) => <span class="text-warn">{t().report.rejectedRows(formatCount(n()))}</span>}
        </Show>
        <time datetime={run().finished_at}>{formatDateTime(run().finished_at)}</time>
        <span>{run().judge_model ?? run().judge}</span>
        <Show when={run().total_samples === 1 && run().name}>
          <span>{run().name}</span>
        </Show>
      </p>
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
        text={`${location.origin}/runs/${props.runId}`}
        label={t().report.copyLink}
        said={t().report.linkCopied}
      />
      <Show when={isSignedIn()}>
        <button type="button" class="button" onClick={share}>
          {t().report.share}
        </button>
      </Show>
    </>
  );
}

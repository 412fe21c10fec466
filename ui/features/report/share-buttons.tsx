import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { isSignedIn } from "../../kit/access.ts";
import { shareRun } from "../../kit/api.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { formatDateTime } from "../../kit/format.ts";
import { announce } from "../../kit/toasts.tsx";

/** The address of the report; and, where one must sign in, a link for somebody who cannot. */
export function ShareButtons(props: { runId: string }) {
  async function share(): Promise<void> {
    try {
      const link = await shareRun(props.runId);
      await navigator.clipboard.writeText(link.url);
      announce(t().report.shareCopied(formatDateTime(link.expires_at)));
    } catch (error) {
      announce(error instanceof Error ? error.message : t().error.unreadable);
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

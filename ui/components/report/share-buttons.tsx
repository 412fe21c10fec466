import { Show } from "solid-js";
import { isSignedIn } from "../../access.ts";
import { shareRun } from "../../api.ts";
import { formatDateTime } from "../../format.ts";
import { t } from "../../i18n/translate.ts";
import { CopyButton } from "../copy-button.tsx";
import { announce } from "../toasts.tsx";

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

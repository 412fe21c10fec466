import { t } from "../i18n/translate.ts";
import { lastRequestId } from "./api.ts";
import { CopyButton } from "./copy-button.tsx";

/** What whoever runs the server needs to find a fault: no text of any sample, and nothing is sent by itself. */
export function FaultDetails(props: { error: unknown; requestId: string | null }) {
  const details = () =>
    [
      `error: ${String(props.error).slice(0, 500)}`,
      `request: ${props.requestId ?? lastRequestId() ?? "-"}`,
      `page: ${location.pathname}`,
      `time: ${new Date().toISOString()}`,
      `browser: ${navigator.userAgent}`,
    ].join("\n");
  return (
    <details class="mt-4 text-sm">
      <summary class="text-soft">{t().error.details}</summary>
      <p class="mt-2 text-soft">{t().error.report}</p>
      <pre class="code mt-2">{details()}</pre>
      <CopyButton class="button mt-2" text={details()} label={t().error.copyDetails} />
    </details>
  );
}

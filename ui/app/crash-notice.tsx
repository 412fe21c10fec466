import { t } from "../i18n/translate.ts";
import { FaultDetails } from "../kit/fault-details.tsx";

/** What browsers say when the file of a page cannot be had: a deployment has taken it away, or the network is gone. */
const NO_FILE = /dynamically imported module|importing a module script failed/i;

/** The last net: a page threw while it was drawn, or its code is not there. */
export function CrashNotice(props: { error: unknown; reset: () => void }) {
  const isFileMissing = () => NO_FILE.test(String(props.error));
  return (
    <div role="alert" class="card max-w-2xl p-6">
      <h1 class="text-lg font-semibold">{t().error.title}</h1>
      <p class="mt-2 text-soft">{isFileMissing() ? t().error.outdated : t().error.crashed}</p>
      <p class="code mt-4">{String(props.error).slice(0, 500)}</p>
      <FaultDetails error={props.error} requestId={null} />
      <div class="mt-4 flex gap-2">
        <button type="button" class="button button-primary" onClick={() => props.reset()}>
          {t().app.retry}
        </button>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t().error.reload}
        </button>
      </div>
    </div>
  );
}

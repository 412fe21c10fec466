import { t } from "../i18n/translate.ts";
import { FaultDetails } from "./fault-details.tsx";

/** The last net: a page threw while it was drawn. */
export function CrashNotice(props: { error: unknown; reset: () => void }) {
  return (
    <div role="alert" class="card max-w-2xl p-6">
      <h1 class="text-lg font-semibold">{t().error.title}</h1>
      <p class="mt-2 text-soft">{t().error.crashed}</p>
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

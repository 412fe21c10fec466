import { useQuery } from "@tanstack/solid-query";
import { createSignal, lazy, Match, Show, Suspense, Switch } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { artifactQuery } from "./report-queries.ts";

const MarkdownDocument = lazy(() => import("./markdown-document.tsx"));

/** The advice as it is stored, read here. Neither the text nor the Markdown reader is loaded before it is asked for. */
export function AdviceDocument(props: { runId: string }) {
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <div class="mt-4 print:hidden">
      <button
        type="button"
        class="button"
        aria-expanded={isOpen()}
        aria-controls="advice-document"
        onClick={() => setIsOpen((open) => !open)}
      >
        {isOpen() ? t().report.documentHide : t().report.documentShow}
      </button>
      <div id="advice-document">
        <Show when={isOpen()}>
          <Document runId={props.runId} />
        </Show>
      </div>
    </div>
  );
}

function Document(props: { runId: string }) {
  const query = useQuery(() => artifactQuery(props.runId, "optimization_advice.md"));
  const skeleton = () => <div class="skeleton mt-4 h-64" />;
  return (
    <Switch fallback={skeleton()}>
      <Match when={query.isError && query.error}>
        {(error) => (
          <div class="mt-4">
            <ErrorNotice error={error()} onRetry={() => query.refetch()} />
          </div>
        )}
      </Match>
      <Match when={query.isSuccess}>
        <Suspense fallback={skeleton()}>
          <MarkdownDocument text={query.data ?? ""} />
        </Suspense>
      </Match>
    </Switch>
  );
}

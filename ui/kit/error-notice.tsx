import { lazy, Match, Show, Suspense, Switch } from "solid-js";
import { t } from "../i18n/translate.ts";
import { ApiError } from "./api.ts";
import { FaultDetails } from "./fault-details.tsx";

const KeyForm = lazy(() => import("./key-form.tsx"));

export interface Gone {
  title: string;
  text: string;
  href: string;
  link: string;
}

/** What a page shows instead of its data: what the server said, under which number it can be looked up, what to do. */
export function ErrorNotice(props: { error: Error; onRetry: () => void; gone?: Gone }) {
  const refusal = () => (props.error instanceof ApiError ? props.error : null);
  return (
    <Switch fallback={<Refusal error={props.error} onRetry={props.onRetry} />}>
      <Match when={refusal()?.status === 401}>
        <Suspense>
          <KeyForm />
        </Suspense>
      </Match>
      <Match when={refusal()?.status === 404 && props.gone}>
        {(gone) => (
          <div role="alert" class="card max-w-2xl p-6">
            <h2 class="text-lg font-semibold">{gone().title}</h2>
            <p class="mt-2 text-soft">{gone().text}</p>
            <a class="button mt-4" href={gone().href}>
              {gone().link}
            </a>
          </div>
        )}
      </Match>
    </Switch>
  );
}

function Refusal(props: { error: Error; onRetry: () => void }) {
  const problem = () => (props.error instanceof ApiError ? props.error.problem : null);
  const isSilent = () => props.error instanceof ApiError && props.error.status === null;
  return (
    <div role="alert" class="card max-w-2xl border-l-4 border-l-bad p-6">
      <h2 class="text-lg font-semibold">{t().error.title}</h2>
      <p class="mt-2 break-words text-soft">
        {isSilent() ? t().error.network : (problem()?.detail ?? t().error.unreadable)}
      </p>
      <Show when={problem()}>
        {(known) => (
          <dl class="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm text-faint">
            <dt>{t().error.code}</dt>
            <dd class="font-mono">{known().code}</dd>
            <dt>{t().error.requestId}</dt>
            <dd class="font-mono break-all">{known().request_id}</dd>
          </dl>
        )}
      </Show>
      <Show when={!isSilent()}>
        <FaultDetails error={props.error} requestId={problem()?.request_id ?? null} />
      </Show>
      <button type="button" class="button mt-5" onClick={() => props.onRetry()}>
        {t().app.retry}
      </button>
    </div>
  );
}

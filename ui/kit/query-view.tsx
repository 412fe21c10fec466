import { type Accessor, type JSX, Match, Show, Switch } from "solid-js";
import { t } from "../i18n/translate.ts";
import { ApiError } from "./api.ts";
import { dataOf } from "./data-of.ts";
import { ErrorNotice, type Gone } from "./error-notice.tsx";
import { CardSkeletons } from "./page-skeleton.tsx";

/** What this reads of a query; `useQuery` and `useInfiniteQuery` both have it. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  readonly dataUpdatedAt: number;
  refetch: () => unknown;
}

/** The server still answers, but not with this any more: older data must not stand there as if it did. */
const TAKEN_BACK = new Set([401, 403, 404, 410]);

/**
 * The states of whatever a page asks the server for: on its way, refused, there. A reload that fails keeps what
 * is shown and says that it is older, unless the thing was deleted or the reader locked out meanwhile.
 */
export function QueryView<T>(props: {
  query: Asked<T>;
  /** In the size of what comes. */
  skeleton?: JSX.Element;
  /** What to say when it was deleted or never was. */
  gone?: Gone;
  /** Stands above the skeleton and an error, where only what is asked for knows its own heading. */
  heading?: JSX.Element;
  /** The space above an error; pages leave one below their heading. */
  errorClass?: string;
  children: (data: Accessor<NonNullable<T>>) => JSX.Element;
}) {
  const data = () => dataOf(props.query);
  const refusal = () => {
    const error = props.query.isError ? props.query.error : null;
    if (error === null) return null;
    return data() === undefined || isTakenBack(error) ? error : null;
  };
  return (
    <Switch>
      <Match when={props.query.isPending}>
        {props.heading}
        {props.skeleton ?? <CardSkeletons />}
      </Match>
      <Match when={refusal()}>
        {(error) => (
          <>
            {props.heading}
            <div class={props.errorClass ?? "mt-6"}>
              <ErrorNotice
                error={error()}
                onRetry={() => props.query.refetch()}
                gone={props.gone}
              />
            </div>
          </>
        )}
      </Match>
      <Match when={data()}>
        {(known) => (
          <>
            <Show when={props.query.isError}>
              <p role="status" class="mt-3 text-sm text-bad">
                {t().app.updateFailed}
              </p>
            </Show>
            {props.children(known)}
          </>
        )}
      </Match>
    </Switch>
  );
}

function isTakenBack(error: Error): boolean {
  return error instanceof ApiError && error.status !== null && TAKEN_BACK.has(error.status);
}

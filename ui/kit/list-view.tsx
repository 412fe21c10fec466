import type { JSX } from "solid-js";
import type { Gone } from "./error-notice.tsx";
import { LoadMore } from "./load-more.tsx";
import { type Asked, QueryView } from "./query-view.tsx";

/** The states of a list that is asked for page by page, and below it the way to more. */
export function ListView(props: {
  query: Asked<unknown> & {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  skeleton?: JSX.Element;
  gone?: Gone;
  errorClass?: string;
  children: JSX.Element;
}) {
  return (
    <QueryView
      query={props.query}
      skeleton={props.skeleton}
      gone={props.gone}
      errorClass={props.errorClass}
    >
      {() => (
        <>
          {props.children}
          {/* Also under an empty page: a search looks at so many at a time, and what is older may still match. */}
          <LoadMore
            hasMore={props.query.hasNextPage}
            isLoading={props.query.isFetchingNextPage}
            onMore={() => props.query.fetchNextPage()}
          />
        </>
      )}
    </QueryView>
  );
}

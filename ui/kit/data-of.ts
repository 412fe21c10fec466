import { on } from "solid-js";

interface Known<T> {
  readonly data: T | undefined;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  readonly dataUpdatedAt: number;
}

/**
 * What a query knows, without Suspense. Read straight, data that was known before its page was drawn takes that page
 * off the screen at the next refetch, and with it the place the reader was at.
 */
export function dataOf<T>(query: Known<T>): T | undefined {
  const changes = () => [query.dataUpdatedAt, query.isFetching, query.isPlaceholderData];
  return query.isPending ? undefined : on(changes, () => query.data)(undefined);
}

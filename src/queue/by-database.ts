import { WakeUp } from "../jobs/messages.ts";

/**
 * The messages of a batch, each with the database its project lies in. A message of no project, or one that cannot be
 * read, goes to all: every database has its own lost work to look for.
 */
export function groupByDatabase(
  messages: readonly Message<unknown>[],
  databaseOf: (project: string) => D1Database,
  all: readonly D1Database[],
): ReadonlyMap<D1Database, Message<unknown>[]> {
  const groups = new Map<D1Database, Message<unknown>[]>();
  for (const message of messages) {
    const { data } = WakeUp.safeParse(message.body);
    const databases = data && "project" in data ? [databaseOf(data.project)] : all;
    for (const db of databases) groups.set(db, [...(groups.get(db) ?? []), message]);
  }
  return groups;
}

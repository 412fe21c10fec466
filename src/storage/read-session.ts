import { retryWith, withMethods } from "./retry-transient.ts";

/** As D1 writes them; anything else was not given out by it. */
const BOOKMARK = /^[\da-f]{8}-[\da-f]{8}-[\da-f]{8}-[\da-f]{32}$/;

/** In place of a bookmark: the newest there is, which only the primary knows. */
export const NEWEST = "first-primary";

export interface ReadSession {
  db: D1Database;
  /** Stands for what was read: who shows it next time sees nothing older, from whichever copy answers. */
  bookmark: () => string;
}

/**
 * The database as one reader sees it: read from the nearest copy that is as new as their bookmark. Without one, or with
 * that of another project, whose database may be another, the primary is asked first, as it is everywhere else. The one
 * place that makes a session.
 */
export function openReadSession(database: D1Database, project: string, given: string): ReadSession {
  const [of, mark = ""] = given.split("/");
  const isOurs = of === project && BOOKMARK.test(mark);
  const session = database.withSession(isOurs ? mark : NEWEST);
  const db = withMethods(database, {
    prepare: session.prepare.bind(session),
    batch: session.batch.bind(session),
  });
  return {
    db: retryWith(db),
    bookmark() {
      const reached = session.getBookmark();
      return reached ? `${project}/${reached}` : NEWEST;
    },
  };
}

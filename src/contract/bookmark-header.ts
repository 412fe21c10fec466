/**
 * Who sends it reads from the copy of the database nearest to them. Each answer gives the value of the next request, so that
 * a reader sees their own changes and never something older than before. The first: `first-primary`.
 */
export const BOOKMARK_HEADER = "X-D1-Bookmark";

import { BOOKMARK_HEADER } from "../../src/contract/bookmark-header.ts";

const NEWEST = "first-primary";

/** What this page has read so far, as the server names it. */
let bookmark = NEWEST;
let changes = 0;

/** What is read next is the newest there is: something was changed here, or is known to have changed elsewhere. */
export function forgetBookmark(): void {
  changes += 1;
  bookmark = NEWEST;
}

/** Marks a request with what the page has read; what is given back is called with its answer. */
export function markRequest(headers: Headers, method = "GET"): (answer: Response) => void {
  headers.set(BOOKMARK_HEADER, bookmark);
  const before = changes;
  return (answer) => {
    if (method !== "GET") return forgetBookmark();
    const given = answer.headers.get(BOOKMARK_HEADER);
    // One that was asked for before a change knows nothing of it; of two that were under way the later may come first.
    if (given === null || given === NEWEST || changes !== before) return;
    if (bookmark === NEWEST || given > bookmark) bookmark = given;
  };
}

import { type Accessor, createSignal, onCleanup, onMount } from "solid-js";
import { recall, remember } from "../../kit/preferences.ts";

const KEY = "touchstone.jobs.seen";

/**
 * The newest job the reader had seen when they last looked away; jobs with a later id are new to them. null on a first
 * visit, when everything would be new.
 */
export function createLastLook(newestSeen: Accessor<string | null>): Accessor<string | null> {
  const [seen, setSeen] = createSignal(recall(KEY));
  const keep = () => {
    const newest = newestSeen();
    // A shorter list, after a deletion, does not make old jobs new again.
    if (newest !== null && newest > (recall(KEY) ?? "")) remember(KEY, newest);
  };
  const follow = () => {
    if (document.visibilityState === "hidden") keep();
    else setSeen(recall(KEY));
  };
  onMount(() => {
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", keep);
  });
  onCleanup(() => {
    document.removeEventListener("visibilitychange", follow);
    removeEventListener("pagehide", keep);
    keep();
  });
  return seen;
}

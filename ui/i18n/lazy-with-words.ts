import { type Component, lazy } from "solid-js";
import { loadWords, type Section } from "./translate.ts";

/**
 * A component in a file of its own, fetched together with the words it uses; a test compares both. Within a page it wants
 * a `<Suspense>` of its own: what takes the page itself off the screen while the reader is on the way to another leaves
 * that other page undrawn, under its address.
 */
export function lazyWithWords<Props extends object = object>(
  load: () => Promise<{ default: Component<Props> }>,
  ...sections: readonly Section[]
) {
  return lazy(async () => {
    const [file] = await Promise.all([load(), loadWords(...sections)]);
    return file;
  });
}

import { type Component, lazy } from "solid-js";
import { loadWords, type Section } from "./translate.ts";

/** A component in a file of its own, fetched together with the words it uses. A test compares both. */
export function lazyWithWords<Props extends object = object>(
  load: () => Promise<{ default: Component<Props> }>,
  ...sections: readonly Section[]
) {
  return lazy(async () => {
    const [file] = await Promise.all([load(), loadWords(...sections)]);
    return file;
  });
}

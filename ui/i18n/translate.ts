import type { Language } from "../../src/contract/outcome.ts";
import { language, setLanguage } from "../kit/preferences.ts";
import type { Dictionary } from "./en.ts";

/** Words of a feature; `core` is there from the start, the others come with the pages that use them. */
export type Section =
  | "compare"
  | "connect"
  | "core"
  | "evidence"
  | "experiments"
  | "first-job"
  | "jobs"
  | "notifications"
  | "palette"
  | "report"
  | "review"
  | "runs"
  | "settings"
  | "submission"
  | "submit"
  | "test-sets"
  | "upload";

const FILES = import.meta.glob<Partial<Dictionary>>(["./words/*.ts", "../features/*/words/*.ts"]);
const wanted = new Set<Section>(["core"]);
const words: Record<Language, Partial<Dictionary>> = { en: {}, zh: {} };
const loaded = new Set<string>();

/** Fetches sections in the language that is read; the other language is loaded when somebody changes to it. */
export async function loadWords(...sections: readonly Section[]): Promise<void> {
  for (const section of sections) wanted.add(section);
  await loadAll(language());
}

/** Changes the language where the reader stands, once its words are here. */
export async function switchLanguage(to: Language): Promise<void> {
  await loadAll(to);
  setLanguage(to);
}

async function loadAll(of: Language): Promise<void> {
  const paths = [...wanted].map((section) =>
    section === "core" ? `./words/${of}.ts` : `../features/${section}/words/${of}.ts`,
  );
  await Promise.all(
    paths.map(async (path) => {
      if (loaded.has(path)) return;
      Object.assign(words[of], await FILES[path]?.());
      loaded.add(path);
    }),
  );
}

/** The words of the chosen language; tracked, so a page changes language where it stands. */
export function t(): Dictionary {
  const known = words[language()];
  if (!isComplete(known)) {
    throw new Error("Words are used before they are loaded; main.tsx loads them first.");
  }
  return known;
}

/** Of the sections a page asked for; `main.tsx` names them beside the page. */
function isComplete(known: Partial<Dictionary>): known is Dictionary {
  return known.app !== undefined;
}

/** A word of a closed list the server sends; one this version does not know is shown as it came. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code.replaceAll("_", " ");
}

import { type Options, Touchstone } from "../index.ts";

/** What every command takes. */
export const SERVER_OPTIONS = {
  url: { type: "string" },
  key: { type: "string" },
  json: { type: "boolean" },
} as const;

export interface ServerValues {
  url?: string | undefined;
  key?: string | undefined;
}

export function serverOf({ url, key }: ServerValues): Options {
  return { ...(url ? { url } : {}), ...(key ? { key } : {}) };
}

export function openServer(values: ServerValues): Touchstone {
  return new Touchstone(serverOf(values));
}

/** @throws TypeError where it is no number of seconds */
export function waitSecondsOf(wait: string | undefined, otherwise = 600): number {
  const seconds = Number(wait ?? otherwise);
  if (!(seconds >= 0)) throw new TypeError("--wait must be a number of seconds.");
  return seconds;
}

/** What stands in several options, and in one by commas or lines. */
export function listOf(values: readonly string[] = []): string[] {
  const parts = values.flatMap((value) => value.split(/[,\n]/));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

export function languageOf(language: string | undefined): "zh" | "en" | undefined {
  return language === "zh" || language === "en" ? language : undefined;
}

/** The exit code of a command; what went wrong is said in its own words. */
export async function orSay(command: Promise<number | null>, code: number): Promise<number | null> {
  try {
    return await command;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return code;
  }
}

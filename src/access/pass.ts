import * as z from "zod";
import { listUsableKeys } from "../storage/keys.ts";
import { listEndedSessions } from "../storage/sign-ins.ts";
import type { Caller } from "./caller.ts";

/** What is remembered of a caller whose connection stays open, to ask again whether they may: names, never a secret. */
export const Pass = z.object({
  /** Of the key they hold, or signed in with; null: no key of the table lets them in. */
  keyId: z.string().nullable(),
  sessionId: z.string().nullable(),
  /** When their proof runs out by itself. */
  expiresAt: z.number().nullable(),
});
export type Pass = z.infer<typeof Pass>;

export function passOf({ via, id, session, expiresAt }: Caller): Pass {
  return {
    keyId: via === "key" ? id : null,
    sessionId: session?.id ?? null,
    expiresAt: session?.expiresAt ?? expiresAt,
  };
}

/** Asks for all of them at once: says for each whether it still lets its holder in. */
export async function checkPasses(
  home: D1Database,
  project: string,
  passes: readonly Pass[],
  now: number,
): Promise<(pass: Pass) => boolean> {
  const keyIds = namesOf(passes.map(({ keyId }) => keyId));
  const sessionIds = namesOf(passes.map(({ sessionId }) => sessionId));
  const [usable, ended] = await Promise.all([
    keyIds.length > 0 ? listUsableKeys(home, project, keyIds, now) : [],
    sessionIds.length > 0 ? listEndedSessions(home, sessionIds) : [],
  ]);
  const [isUsable, hasEnded] = [new Set(usable), new Set(ended)];
  return ({ keyId, sessionId, expiresAt }) =>
    (keyId === null || isUsable.has(keyId)) &&
    (sessionId === null || !hasEnded.has(sessionId)) &&
    (expiresAt === null || expiresAt > now);
}

function namesOf(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

import * as z from "zod";
import type { Criterion, SentenceRef, UsefulFor } from "../../../scoring/judge.ts";
import type { NumberedSentence } from "./control-claims.ts";
import { tagged } from "./question.ts";
import { entriesIn, fieldOf, readById, readFlag, readId } from "./read-fields.ts";
import { readVerdict, VERDICTS } from "./verdict-words.ts";

const Ref = z.object({ passage: z.number().int(), sentence: z.number().int() });
const CheckedClaim = tagged("claim", {
  verdict: z.enum(VERDICTS),
  evidence: z.array(Ref),
  jointly: z.boolean(),
});
export type CheckedClaim = z.infer<typeof CheckedClaim>;

/** From the worst to the best. */
export const ANSWERABILITY = ["none", "partial", "full"] as const;

export const CheckItem = z.union([
  CheckedClaim,
  tagged("relevance", { relevance: z.number().min(0).max(1) }),
  tagged("answerable", { answerable: z.enum(ANSWERABILITY) }),
  tagged("criterion", { level: z.number().min(0).max(1) }),
  tagged("usefulness", {
    useful: z.object({ reference: z.boolean().optional(), answer: z.boolean().optional() }),
  }),
]);
export type CheckItem = z.infer<typeof CheckItem>;

export const relevanceId = (passage: number) => `p${passage + 1}`;
export const usefulnessId = (passage: number) => `u${passage + 1}`;
export const criterionId = (index: number) => `k${index + 1}`;

/** A verdict with the sentences it rests on, or null: a support without a sentence is no support. */
export function readCheck(
  entry: unknown,
  sentences: readonly NumberedSentence[],
): CheckedClaim | null {
  const word = readVerdict(fieldOf(entry, "verdict"));
  if (word === null) return null;
  if (word === "unsupported") return { kind: "claim", verdict: word, evidence: [], jointly: false };
  const evidence = readRefs(fieldOf(entry, "evidence"), sentences);
  if (evidence === null || evidence.length === 0) return null;
  const spread = new Set(evidence.map(({ passage }) => passage)).size > 1;
  const jointly = readFlag(fieldOf(entry, "jointly"));
  if (spread && word === "supported" && jointly === null) return null;
  return {
    kind: "claim",
    verdict: word,
    evidence,
    jointly: spread && word === "supported" && jointly === true,
  };
}

const SEPARATORS = /[\s,;，、；]+/u;
const REF = /^\[?(\d{1,6})\.(\d{1,6})\]?$/;

/**
 * Sentence numbers that exist, each once; null when one does not. One written as a JSON number (see `read-reply.ts`)
 * counts as it was written, unless it may have lost its zero on the way: 2.1 where there is a 2.10.
 */
function readRefs(value: unknown, sentences: readonly NumberedSentence[]): SentenceRef[] | null {
  const single = fieldOf(value, "literal") === undefined ? value : [value];
  const listed = typeof single === "string" ? single.split(SEPARATORS) : single;
  if (!Array.isArray(listed) || listed.length > 1000) return null;
  const known = new Map(
    sentences.map(({ passage, sentence }) => [
      `${passage + 1}.${sentence + 1}`,
      { passage, sentence },
    ]),
  );
  const refs = new Map<string, SentenceRef>();
  for (const entry of listed) {
    const literal = fieldOf(entry, "literal");
    const written = literal ?? entry;
    const match = typeof written === "string" ? REF.exec(written.trim()) : null;
    if (!match) return null;
    const name = `${Number(match[1])}.${Number(match[2])}`;
    if (literal !== undefined && known.has(`${name}0`)) return null;
    const ref = known.get(name);
    if (!ref) return null;
    refs.set(name, ref);
  }
  return [...refs.values()];
}

/** The passage an entry is about; its number may come as `1`, "1", "p1" or "[1]". */
function readPassage(entry: unknown, toId: (passage: number) => string): string | null {
  const [, number] = /^p(\d+)$/.exec(readId(fieldOf(entry, "passage"), "p") ?? "") ?? [];
  return number === undefined ? null : toId(Number(number) - 1);
}

/** Relevance of passages and answerability, as far as they are in the reply and valid. */
export function readRelevance(reply: unknown, items: Map<string, CheckItem>): void {
  const rated = readById(
    entriesIn(reply, "relevance", "passage"),
    (entry) => readPassage(entry, relevanceId),
    (entry): CheckItem | null => {
      const score = fieldOf(entry, "score");
      const grade = [0, 1, 2].find((known) => score === known || score === String(known));
      return grade === undefined ? null : { kind: "relevance", relevance: grade / 2 };
    },
  );
  for (const [id, item] of rated) items.set(id, item);
  const word = fieldOf(reply, "answerable");
  const folded = typeof word === "string" ? word.trim().toLowerCase() : null;
  const answerable = ANSWERABILITY.find((known) => known === folded);
  if (answerable) items.set("answerable", { kind: "answerable", answerable });
}

/** Usefulness of passages, as far as it is in the reply and says a yes or no for every text asked about. */
export function readUseful(
  reply: unknown,
  texts: readonly UsefulFor[],
  items: Map<string, CheckItem>,
): void {
  const rated = readById(
    entriesIn(reply, "useful", "passage"),
    (entry) => readPassage(entry, usefulnessId),
    (entry): CheckItem | null => {
      const said = texts.flatMap((text): [UsefulFor, boolean][] => {
        const flag = readFlag(fieldOf(entry, text));
        return flag === null ? [] : [[text, flag]];
      });
      if (said.length < texts.length) return null;
      return { kind: "usefulness", useful: Object.fromEntries(said) };
    },
  );
  for (const [id, item] of rated) items.set(id, item);
}

const YES: ReadonlySet<string> = new Set(["yes", "true", "是", "1"]);
const NO: ReadonlySet<string> = new Set(["no", "false", "否", "不是", "0"]);

/** Levels 0..1 by label, as far as they are in the reply and valid. */
export function readLevels(
  reply: unknown,
  kindOf: ReadonlyMap<string, Criterion["kind"]>,
): Map<string, number> {
  return readById(
    entriesIn(reply, "criteria", "id"),
    (entry) => readId(fieldOf(entry, "id"), "k"),
    (entry, id): number | null => {
      const kind = kindOf.get(id);
      const value = String(fieldOf(entry, "value") ?? "")
        .trim()
        .toLowerCase();
      if (kind === "scale") return /^[1-5]$/.test(value) ? (Number(value) - 1) / 4 : null;
      if (kind === undefined) return null;
      if (YES.has(value)) return 1;
      return NO.has(value) ? 0 : null;
    },
  );
}

import { runAtOnce, type Steps } from "../steps.ts";
import { costOfSearch, findParts } from "./find-parts.ts";

const RAGAS_EPSILON = 1e-8;
/** Between two looks at a source of more others are let in. */
const LONG_CHARACTERS = 200_000;

const QUOTED = /[“"「『《]([^“”"「」『』《》\n]{2,60})[”"」』》]/g;
const NUMBER = /\d{1,15}(?:[.,:/-]\d{1,15}){0,6}\s?(?:%|％|年|月|日|亿|万|元)?/g;
const NAME =
  /\p{Lu}[\p{L}\p{M}’'-]{0,40}(?:\s(?:of |the |de |van |von |der |la )?\p{Lu}[\p{L}\p{M}’'-]{0,40}){0,5}/gu;
const STARTERS =
  /^(?:The|A|An|In|On|At|It|Its|This|That|These|Those|He|She|They|We|I|You|His|Her|Their|As|By|For|From|And|But|If|When|While|After|Before|There|However|Also|With|What|Who|Which|Is|Are|Was|Were|To|Of)(?:\s|$)/;
const HAN_RUN = /[\p{Script=Han}·]{2,40}/gu;

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * context_entity_recall: share of the reference's distinct entities that stand in the passages. Range 0..1, higher is
 * better; null without entities. Source: Ragas, which has the judge list the entities of both sides and compares
 * them letter by letter; here an entity of the reference counts when the passages contain it, whatever its case or
 * width. `compat: ragas` gives Ragas' denominators.
 */
export function entityRecall(
  entities: readonly string[],
  passages: readonly string[],
): number | null {
  const recall = runAtOnce(recallInSteps(entities, passages, Number.POSITIVE_INFINITY));
  return recall === "budget" ? null : recall;
}

/** The same for texts that may be long; `budget`: the search would walk over more characters than that. */
export function* recallInSteps(
  entities: readonly string[],
  passages: readonly string[],
  budget: number,
): Steps<number | null | "budget"> {
  const distinct = new Set(entities.map(normalize).filter((entity) => entity !== ""));
  if (distinct.size === 0) return null;
  const source = passages.map(normalize).join("\n");
  if (costOfSearch(source, distinct) > budget) return "budget";
  const kinds = kindsOf(source);
  if (source.length > LONG_CHARACTERS) yield;
  const found = yield* findParts(
    source,
    distinct,
    (start, end) =>
      isBoundary(kinds[start] ?? OTHER, kinds[start - 1] ?? OTHER) &&
      isBoundary(kinds[end - 1] ?? OTHER, kinds[end] ?? OTHER),
  );
  return found.size / distinct.size;
}

/** The entities that stand in a passage letter by letter, as Ragas looks for them. */
export function* findExactly(
  entities: readonly string[],
  passages: readonly string[],
): Steps<string[]> {
  const found = new Set<string>();
  const distinct = new Set(entities);
  for (const passage of passages) {
    for (const entity of yield* findParts(passage, distinct)) found.add(entity);
  }
  return entities.filter((entity) => found.has(entity));
}

/**
 * Ragas' value of two entity lists: exact, case-sensitive overlap ÷ (N + 1e-8), N the length of the reference list
 * (`legacy`) or the number of distinct entities (`collections`). 0 without entities.
 */
export function entityRecallOfRagas(
  reference: readonly string[],
  context: readonly string[],
  version: "legacy" | "collections" = "collections",
): number {
  const distinct = new Set(reference);
  const known = new Set(context);
  const shared = [...distinct].filter((entity) => known.has(entity)).length;
  const size = version === "legacy" ? reference.length : distinct.size;
  return shared / (size + RAGAS_EPSILON);
}

/**
 * Entities by code, when no judge lists them: quoted terms, numbers and dates, capitalised names, and Chinese words of
 * two or more characters.
 */
export function extractEntities(text: string): string[] {
  const found = new Set<string>();
  for (const [, quoted = ""] of text.matchAll(QUOTED)) found.add(quoted.trim());
  for (const [number] of text.matchAll(NUMBER)) found.add(number.trim());
  for (const [name] of text.matchAll(NAME)) {
    const bare = name.replace(STARTERS, "").trim();
    if (bare.length > 1) found.add(bare);
  }
  for (const [run] of text.matchAll(HAN_RUN)) {
    for (const { segment, isWordLike } of WORDS.segment(run)) {
      if (isWordLike && [...segment].length > 1) found.add(segment);
    }
  }
  return [...found];
}

function normalize(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;

/** The kind of each character: only letters of scripts with blanks between words have boundaries, and digits. */
function kindsOf(source: string): Uint8Array {
  const kinds = new Uint8Array(source.length);
  for (const { index } of source.matchAll(/\d/g)) kinds[index] = DIGIT;
  for (const { index, 0: run } of source.matchAll(
    /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu,
  )) {
    kinds.fill(LETTER, index, index + run.length);
  }
  return kinds;
}

/** At word boundaries where the script has them: "art" does not stand in "party", 1 not in 12. */
function isBoundary(inside: number, outside: number): boolean {
  if (inside === DIGIT) return outside !== DIGIT;
  return inside === OTHER || outside === OTHER;
}

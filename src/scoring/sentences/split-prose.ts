import type { Range } from "./split-blocks.ts";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "sentence" });

/** Never end a sentence. */
const PREFIXES = new Set(
  "mr mrs ms dr prof st mt gen col lt sgt capt rev hon gov sen rep fig figs eq eqs vs cf e.g i.e eg ie ca approx al resp".split(
    " ",
  ),
);
/** Do not end a sentence when a number follows: "No. 5", "Jan. 3". */
const BEFORE_NUMBER = new Set(
  "no nos p pp vol art sec ch jan feb mar apr jun jul aug sep sept oct nov dec".split(" "),
);
/** End a sentence only when a usual first word follows: "Apple Inc. The", but "Apple Inc. CEO". */
const UNSURE = new Set("inc ltd co corp jr sr dept est etc ph.d m.d a.m p.m".split(" "));
const FIRST_WORDS = new Set(
  "the a an it its in on at this that these those he she they we i you there here however but and so if when while as for to from by with after before since according".split(
    " ",
  ),
);

const HAS_CONTENT = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const ONLY_CITATIONS = /^(?:\s*(?:\[\^?[\d,，\s–-]{1,30}\]|【[\d,，\s–-]{1,30}】)[.。]?)+\s*$/;
const ONLY_ENUMERATOR = /^\s*(?:[-*+•]\s*)?[（(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)）]\s*$/;
const CJK_END = /[。！？；｡]["'”’」』）)\]]{0,4}\s*$/;

/**
 * Sentences of a paragraph: Unicode's rules (UAX 29), and on top of them abbreviations, initials, enumerators,
 * citation marks and the Chinese semicolon.
 */
export function splitProse(text: string, block: Range): Range[] {
  // Line ends inside a paragraph are wrapping; as blanks of the same length they keep the offsets.
  const content = text.slice(block.start, block.end).replace(/[\n\r\v\f\u0085\u2028\u2029]/g, " ");
  const ranges: Range[] = [];
  let previous = "";
  for (const { segment, index } of SEGMENTER.segment(content)) {
    for (const [piece, offset] of splitAtSemicolons(segment)) {
      const start = block.start + index + offset;
      const end = start + piece.length;
      const last = ranges.at(-1);
      if (last && isSameSentence(previous, piece)) {
        last.end = end;
        previous = `${previous.slice(-200)}${piece}`;
        continue;
      }
      ranges.push({ start, end });
      previous = piece;
    }
  }
  return ranges;
}

/** `；` ends a Chinese sentence part that states something of its own. */
function* splitAtSemicolons(segment: string): Generator<[string, number]> {
  let start = 0;
  let at = segment.indexOf("；");
  while (at !== -1) {
    yield [segment.slice(start, at + 1), start];
    start = at + 1;
    at = segment.indexOf("；", start);
  }
  if (start < segment.length) yield [segment.slice(start), start];
}

function isSameSentence(previous: string, next: string): boolean {
  if (!HAS_CONTENT.test(next)) return true;
  if (!HAS_CONTENT.test(previous) || ONLY_ENUMERATOR.test(previous.slice(0, 40))) return true;
  if (next.length < 200 && ONLY_CITATIONS.test(next)) return true;
  if (CJK_END.test(previous.slice(-8))) return false;
  if (/^\s*\p{Ll}/u.test(next.slice(0, 20))) return true;
  return endsInAbbreviation(previous, next);
}

function endsInAbbreviation(previous: string, next: string): boolean {
  const tail = previous.slice(-24).trimEnd();
  if (!tail.endsWith(".")) return false;
  const word = /(?:^|[\s("'“‘[])([\p{L}.]{1,8})\.$/u.exec(tail)?.[1];
  if (word === undefined) return false;
  const lower = word.toLowerCase();
  if (PREFIXES.has(lower)) return true;
  const following = next.trimStart().slice(0, 20);
  if (BEFORE_NUMBER.has(lower)) return /^\p{N}/u.test(following);
  const isInitials = /^(?:\p{Lu}\.)*\p{Lu}$/u.test(word);
  if (!isInitials && !UNSURE.has(lower)) return false;
  const firstWord = /^[\p{L}']+/u.exec(following)?.[0].toLowerCase() ?? "";
  return firstWord !== "" && !FIRST_WORDS.has(firstWord);
}

import type { Steps } from "../steps.ts";
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

const ORDINAL =
  /(?:^|\s)(?:am|vom|zum|bis|den|dem|der|das|des|die|im|ab|seit|dne|dnia) \d{1,2}\.$/iu;

const HAS_CONTENT = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const ONLY_CITATIONS = /^(?:\s*(?:\[\^?[\d,，\s–-]{1,30}\]|【[\d,，\s–-]{1,30}】)[.。]?)+\s*$/;
const LEADING_CITATIONS =
  /^\s{0,3}(?:\[\^?\d[\d,，\s–-]{0,12}\]|【\d[\d,，\s–-]{0,12}】){1,6}(?!\()/;
const ONLY_ENUMERATOR = /^\s*(?:[-*+•]\s*)?[（(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)）]\s*$/;
const TERMINATOR = /[.!?…；\p{Sentence_Terminal}]/u;
const TRAILING_OPENERS = /[\s[({“‘「『《〈（【«]{1,8}$/;
/** “走吧！”他说。 is one sentence: who said it follows the quotation. */
const SPEAKER = /^\s*[\p{Script=Han}]{0,4}(?:说|问|道|答|喊|表示|指出|认为)/u;
const CJK_END = /[。！？；｡]["'”’」』）)\]]{0,4}\s*$/;

/** Pieces of a long paragraph between two rests. */
const PIECES_AT_ONCE = 10_000;

/**
 * Sentences of a paragraph: Unicode's rules (UAX 29), and on top of them abbreviations, initials, enumerators,
 * citation marks and the Chinese semicolon. Of more than `most` the last one holds all the rest.
 */
export function* splitProse(text: string, block: Range, most: number): Steps<Range[]> {
  // Line ends inside a paragraph are wrapping; as blanks of the same length they keep the offsets.
  const content = text.slice(block.start, block.end).replace(/[\n\r\v\f\u0085\u2028\u2029]/g, " ");
  if (!TERMINATOR.test(content.slice(0, -1))) return [block];
  const ranges: Range[] = [];
  let previous = "";
  let count = 0;
  for (const [start, end] of pieces(content)) {
    count++;
    if (count % PIECES_AT_ONCE === 0) yield;
    const piece = content.slice(start, end);
    const last = ranges.at(-1);
    if (last && isSameSentence(previous, piece)) {
      last.end = block.start + end;
      previous = `${previous.slice(-200)}${piece}`;
      continue;
    }
    if (ranges.length > most) {
      ranges.push({ start: block.start + start, end: block.end });
      break;
    }
    ranges.push({ start: block.start + start, end: block.start + end });
    previous = piece;
  }
  return ranges;
}

/**
 * Unicode's sentences, cut at `；` too, which ends a part that states something of its own. A bracket or quotation mark
 * that opens goes with what it opens; citation marks after the full stop are a piece, to go with what they cite for.
 */
function* pieces(content: string): Generator<[number, number]> {
  let opened = 0;
  let semicolon = content.indexOf("；");
  for (const { segment, index } of SEGMENTER.segment(content)) {
    const openers = TRAILING_OPENERS.exec(segment.slice(-8))?.[0].trimStart() ?? "";
    const isLast = index + segment.length === content.length;
    const shifted = isLast || openers.length === segment.length ? 0 : openers.length;
    let start = index - opened;
    const end = index + segment.length - shifted;
    const cited = start > 0 ? LEADING_CITATIONS.exec(content.slice(start, start + 80)) : null;
    if (cited && start + cited[0].length < end) {
      yield [start, start + cited[0].length];
      start += cited[0].length;
    }
    while (semicolon !== -1 && semicolon < end) {
      if (semicolon >= start) {
        yield [start, semicolon + 1];
        start = semicolon + 1;
      }
      semicolon = content.indexOf("；", semicolon + 1);
    }
    if (start < end) yield [start, end];
    opened = shifted;
  }
}

function isSameSentence(previous: string, next: string): boolean {
  if (!HAS_CONTENT.test(next)) return true;
  if (!HAS_CONTENT.test(previous) || ONLY_ENUMERATOR.test(previous.slice(0, 40))) return true;
  if (next.length < 200 && ONLY_CITATIONS.test(next)) return true;
  if (CJK_END.test(previous.slice(-8))) {
    return /[”’」』]\s*$/.test(previous.slice(-4)) && SPEAKER.test(next.slice(0, 12));
  }
  if (/^\s*\p{Ll}/u.test(next.slice(0, 20))) return true;
  return endsInAbbreviation(previous, next);
}

function endsInAbbreviation(previous: string, next: string): boolean {
  const tail = previous.slice(-24).trimEnd();
  if (!tail.endsWith(".")) return false;
  // German and its neighbours write ordinals with a dot: "am 3. März".
  if (ORDINAL.test(tail) && !FIRST_WORDS.has(/^\s*(\p{L}+)/u.exec(next)?.[1]?.toLowerCase() ?? ""))
    return true;
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

import type { Range } from "./split-blocks.ts";

/** Latin characters a sentence may have; a Chinese character says about three times as much. */
const LIMIT = 600;
const HAN_WEIGHT = 3;

const HAN = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;
const CLAUSE_MARK = /[，、：；,;:—|）)]/;

/** Cuts what is longer than a sentence can be: at the last clause mark, else the last blank, else the limit. */
export function* cutLong(text: string, range: Range): Generator<Range, void, void> {
  if (range.end - range.start <= LIMIT / HAN_WEIGHT) {
    yield range;
    return;
  }
  let start = range.start;
  while (start < range.end) {
    const end = findCut(text, start, range.end);
    yield { start, end };
    start = end;
  }
}

function findCut(text: string, start: number, rangeEnd: number): number {
  let weight = 0;
  let afterClause = -1;
  let afterBlank = -1;
  let at = start;
  for (; at < rangeEnd && weight <= LIMIT; at++) {
    const character = text.charAt(at);
    weight += HAN.test(character) ? HAN_WEIGHT : 1;
    if (weight < LIMIT / 2) continue;
    if (/\s/.test(character)) afterBlank = at + 1;
    else if (CLAUSE_MARK.test(character) && !/\d/.test(text.charAt(at + 1))) afterClause = at + 1;
  }
  if (at >= rangeEnd && weight <= LIMIT) return rangeEnd;
  const hardEnd = isInsidePair(text, at) ? at - 1 : at;
  if (afterClause > start) return afterClause;
  return afterBlank > start ? afterBlank : hardEnd;
}

/** Would a cut here part the two halves of one character? */
function isInsidePair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

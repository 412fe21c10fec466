/** Scripts written without blanks between words, with their punctuation and full-width forms. */
const CJK_CLASS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u2e80-\u303f\u3100-\u31ff\u3200-\u33ff\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}`;
const CJK = new RegExp(`[${CJK_CLASS}]`, "u");
const EACH_CJK = new RegExp(`[${CJK_CLASS}]`, "gu");
/** A character of an unspaced script (group 1), or a word of others. */
const CJK_OR_WORD = new RegExp(`([${CJK_CLASS}])|[^\\s${CJK_CLASS}]+`, "gu");

export function hasCjk(text: string): boolean {
  return CJK.test(text);
}

/** Every character of an unspaced script becomes a word of its own. */
export function spaceCjk(text: string): string {
  return text.replace(EACH_CJK, " $& ");
}

/** Has the text words for so much? A character of an unspaced script is worth `cjkShare` of a word. */
export function hasWords(text: string, least: number, cjkShare: number): boolean {
  if (text.length < least) return false;
  let words = 0;
  CJK_OR_WORD.lastIndex = 0;
  while (words < least) {
    const match = CJK_OR_WORD.exec(text);
    if (!match) return false;
    words += match[1] === undefined ? 1 : cjkShare;
  }
  return true;
}

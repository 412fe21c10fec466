/** The ways answers point at their passages, of chat assistants and RAG frameworks; each with the numbers inside. */
const LIST = String.raw`\d{1,3}(?:\s{0,3}[,，、;–-]\s{0,3}\d{1,3}){0,20}`;
const SOURCE =
  "source|sources|doc|docs|document|documents|passage|passages|context|contexts|chunk|chunks|ref|reference|references|citation|excerpt|来源|资料|文档|文献|参考|参考文档|参考资料|参考文献|上下文|段落|片段|知识|引用|出处|材料|文件";
const PATTERNS: readonly { pattern: RegExp; isZeroBased?: boolean }[] = [
  // RAGFlow numbers from 0: [ID:0], ##0$$.
  { pattern: /[[［【(（]\s?ID\s?[:：]\s?(\d{1,3})\s?[\]］】)）]/gi, isZeroBased: true },
  { pattern: /##(\d{1,3})\$\$/g, isZeroBased: true },
  // [1], [^2^], 【3】, 【1†source】, ［1, 2］, [[4]], 「1」
  {
    pattern: new RegExp(
      String.raw`[[［【〔「]{1,2}\^?(${LIST})\^?(?:†[^\]】]{0,40})?[\]］】〕」]{1,2}`,
      "g",
    ),
  },
  // (Source 1), [Doc 1], （参考文档2）, 【来源：3】, (see passage 2)
  {
    pattern: new RegExp(
      String.raw`[[［【(（]\s?(?:see |cf\. ?|from |见|参见|参考|据|根据)?(?:${SOURCE})s?\s?(?:no\.?|#|编号)?\s?[:：#]?\s?(${LIST})\s?[\]］】)）]`,
      "gi",
    ),
  },
  { pattern: new RegExp(String.raw`<sup>\s?\[?(${LIST})\]?\s?</sup>`, "gi") },
];
const RAISED =
  /(?<=[\s.,;:!?。，；：！？、"”』」)）]|\p{L}{4}|\p{Script=Han})[¹²³⁰⁴-⁹]{1,3}(?:[,，][¹²³⁰⁴-⁹]{1,3}){0,5}/gu;
const RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Passage numbers (from 1) cited in a sentence, each once. */
export function citedPassages(sentence: string): number[] {
  const numbers = new Set<number>();
  for (const { pattern, isZeroBased } of PATTERNS) {
    for (const [, list = ""] of sentence.matchAll(pattern)) {
      for (const number of numbersOf(list)) numbers.add(isZeroBased ? number + 1 : number);
    }
  }
  for (const [marks] of sentence.matchAll(RAISED)) {
    const digits = Array.from(marks, (mark) =>
      RAISED_DIGITS.includes(mark) ? RAISED_DIGITS.indexOf(mark) : ",",
    );
    for (const part of digits.join("").split(",")) numbers.add(Number(part));
  }
  return [...numbers];
}

function numbersOf(list: string): number[] {
  return list.split(/[,，、;]/).flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/).map(Number);
    const last = Math.min(to, from + 20);
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  });
}

/** The sentence without its citation marks; blanks of the same length keep every other character in its place. */
export function blankCitations(text: string): string {
  let blanked = text;
  if (/[[［【〔「(（<#]/.test(text)) {
    for (const { pattern } of PATTERNS) blanked = blanked.replace(pattern, blank);
  }
  return /[¹²³⁰⁴-⁹]/.test(blanked) ? blanked.replace(RAISED, blank) : blanked;
}

function blank(mark: string): string {
  return " ".repeat(mark.length);
}

import { toSimplified } from "./simplified.ts";

const ACCENTS = /[\u0300-\u036f]/g;

/**
 * Writing variants that mean the same become one: full-width forms, ligatures, accents, curly quotes, traditional characters,
 * and the blanks that tokenised corpora put around apostrophes and inside numbers ("do n't", "45 , 700").
 * Case is kept, because it marks names. Lone surrogates pass through unharmed. Linear.
 */
export function fold(text: string): string {
  const plain = toSimplified(text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC"))
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”„«»]/g, '"');
  if (!plain.includes(" ")) return plain;
  return plain
    .replace(/ n't\b/g, "n't")
    .replace(/ ' ?(?=(?:s|t|re|ve|ll|d|m)\b)/gi, "'")
    .replace(/\b(?:[a-z]\.){2,}/gi, (dotted) => dotted.replaceAll(".", ""))
    .replace(/(?<=\d) , (?=\d{3}(?!\d))/g, ",")
    .replace(/(?<=\d) \. (?=\d)/g, ".");
}

import { toSimplified } from "./simplified.ts";

/** U.S., U.S.A. */
const DOTTED = /\b[a-z]\.[a-z]\./i;
const DOTTED_ALL = /\b(?:[a-z]\.){2,}/gi;
const ACCENTS = /[\u0300-\u036f]/g;
/** Nobody looks further into a gap between two words: see `BREAK` in `tokens.ts`. */
const LONG_GAP = /(\s{8})\s+/g;

/**
 * Writing variants that mean the same become one: full-width forms, ligatures, accents, curly quotes, traditional characters,
 * and the blanks that tokenised corpora put around apostrophes and inside numbers ("do n't", "45 , 700"). A long gap
 * becomes a short one.
 * Case is kept, because it marks names. Lone surrogates pass through unharmed. Linear.
 */
export function fold(text: string): string {
  const short = text.replace(LONG_GAP, "$1");
  const plain = isAscii(short) ? short : foldCharacters(short);
  return plain.includes(" ") ? joinPieces(plain) : plain;
}

function foldCharacters(text: string): string {
  return toSimplified(toAsciiDigits(text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC")))
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”„«»]/g, '"');
}

/** Where the ten digits of each script begin (Unicode, general category Nd), the scripts of living languages. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810,
];
const OTHER_DIGITS = /[\u0660-\u1819]/;

function toAsciiDigits(text: string): string {
  if (!OTHER_DIGITS.test(text)) return text;
  return text
    .replace(/(?![A-Za-z0-9])\p{Nd}/gu, (digit) => {
      const code = digit.charCodeAt(0);
      const zero = ZEROS.findLast((first) => first <= code);
      return zero !== undefined && code < zero + 10 ? String(code - zero) : digit;
    })
    .replace(/(?<=\d)\u066b(?=\d)/g, ".")
    .replace(/(?<=\d)\u066c(?=\d)/g, ",");
}

/** Most texts hold none of these, so each is looked for before it is replaced. */
function joinPieces(text: string): string {
  let joined = text;
  if (joined.includes("'")) {
    joined = joined.replace(/ n't\b/g, "n't").replace(/ ' ?(?=(?:s|t|re|ve|ll|d|m)\b)/gi, "'");
  }
  if (joined.includes(" , ")) joined = joined.replace(/(?<=\d) , (?=\d{3}(?!\d))/g, ",");
  if (joined.includes(" . ")) joined = joined.replace(/(?<=\d) \. (?=\d)/g, ".");
  return DOTTED.test(joined)
    ? joined.replace(DOTTED_ALL, (dotted) => dotted.replaceAll(".", ""))
    : joined;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

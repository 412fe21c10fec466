import { isAbsence } from "./abstention.ts";
import { fold } from "./fold.ts";
import { NON_CLAIMS } from "./non-claims.ts";
import { plainText } from "./plain-text.ts";
import { backgroundWeight } from "./term-weight.ts";
import { hasToken } from "./tokens.ts";

/** A word from this weight on says something that could be true or false. */
const TELLING = 0.3;
/** No courtesy is longer, in characters; a Chinese one is a third of that. */
const COURTESY_LIMIT = 260;
const HAN_COURTESY_LIMIT = 80;
/** A line in bold or with `#` of so many words is a heading. */
const HEADING_WORDS = 8;

/** Does the sentence state something? Questions, courtesy, headings and talk about the texts do not. */
export function isCheckable(sentence: string): boolean {
  if (/[?？]["”'）)\s]*$/.test(sentence.slice(-12))) return false;
  if (isNonClaim(sentence)) return false;
  return hasToken(plainText(sentence), (token) => backgroundWeight(token) >= TELLING);
}

/** Is the sentence one of the kinds that state nothing? */
export function isNonClaim(sentence: string): boolean {
  if (sentence.length > COURTESY_LIMIT) return false;
  if (isHeading(sentence) || isTableHead(sentence)) return true;
  const text = bare(plainText(sentence));
  if (text === "") return true;
  if (text.length > HAN_COURTESY_LIMIT && /\p{Script=Han}/u.test(text)) return false;
  return (
    NON_CLAIMS.some(({ patterns }) => patterns.some((pattern) => pattern.test(text))) ||
    isAbsence(text)
  );
}

/** Announces what follows: it states nothing by itself, and what follows may need its words. */
export function isLeadIn(sentence: string): boolean {
  return /[:：]\s*[*_]{0,3}\s*$/.test(sentence.slice(-8));
}

/** Folded, in lower case, without emoji and the punctuation around it. */
function bare(text: string): string {
  return fold(text)
    .toLowerCase()
    .replace(/\p{Extended_Pictographic}\ufe0f?/gu, "")
    .replace(/^[\s"“”'‘’（(「『—–-]+|[\s.!！。?？:：;；,，、~～…"“”'‘’）)」』—–-]+$/gu, "");
}

function isHeading(sentence: string): boolean {
  const text = sentence.trim();
  if (/^#{1,6}\s/.test(text)) return true;
  const bold = /^\*\*([^*]{1,80})\*\*[:：]?$/.exec(text)?.[1];
  return (
    bold !== undefined &&
    !/[.。!！\d]/.test(bold) &&
    bold.split(/\s+/).length <= HEADING_WORDS &&
    bold.length <= 40
  );
}

/** A row of headings, which carries the line of dashes under it. */
function isTableHead(sentence: string): boolean {
  return /\|\s*\n?\s*\|?\s*:?-{2,}/.test(sentence);
}

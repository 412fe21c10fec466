/** Longer than any sentence that helps, short enough for a line on a page. */
const LONGEST_WORDS = 240;
/** Looked at, of bodies that may be whole pages. */
const LONGEST_SOURCE = 20_000;
/** An echo so wide is no accident; a Han character says as much as two letters and counts twice. */
const ECHO_WIDTH = 12;
const HAN = /\p{Script=Han}/u;

const NOT_SEEN = /<(script|style|svg|head)\b[\s\S]*?(<\/\1\s*>|$)/gi;
const TITLE = /<title[^>]*>([\s\S]*?)<\/title/i;
const TAG = /<\/?[a-z!][^>]*>/gi;
/** Controls, and signs that show nothing or turn the direction of a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu;
/** `sk-…`, `Bearer …`, `key=…`, and every long run that could be a key or token. */
const SECRETS = [
  /\b(?:sk|pk|rk|gsk|xai|hf|org|proj|AIza)[-_][\w*.-]{4,}/gi,
  /\bAIza[\w-]{10,}/g,
  /\b(bearer|basic)\s+[^\s"',;]{6,}/gi,
  /([?&](?:api[-_]?)?(?:key|token|secret|signature|sig)=)[^\s"'&]+/gi,
  /\b(?=\w*\d)(?=\w*[a-z])\w{24,}/gi,
];

/**
 * A sentence of the provider as people may see it: one line, without markup, signs that cannot be seen, keys, or parts
 * of what we sent (`sent`; an error must not carry a judged text further). null: nothing is left.
 */
export function cleanWords(
  said: string,
  { apiKey, sent }: { apiKey: string; sent: readonly string[] },
): string | null {
  const source = said.slice(0, LONGEST_SOURCE);
  let words = plainText(source).replace(UNSEEN, " ");
  if (apiKey.length >= 4) words = words.replaceAll(apiKey, "…");
  for (const secret of SECRETS) words = words.replace(secret, "…");
  words = words.replace(/[<>]/g, " ").replace(/\s+/g, " ").trim();
  words = dropEcho(words, sent).trim();
  const signs = Array.from(words);
  if (signs.length > LONGEST_WORDS) words = `${signs.slice(0, LONGEST_WORDS).join("").trim()}…`;
  return /[\p{L}\p{N}]/u.test(words) ? words : null;
}

/** Of a page its title and what a reader would see; anything else as it is. */
function plainText(source: string): string {
  if (!isMarkup(source)) return source;
  const title = TITLE.exec(source)?.[1] ?? "";
  const body = source.replace(NOT_SEEN, " ").replace(TAG, " ");
  return `${title} ${body}`
    .replace(/&nbsp;/g, " ")
    .replace(/&amp;/g, "&")
    .trim();
}

/** Is it a page (or its beginning) rather than a sentence? */
export function isMarkup(text: string): boolean {
  return /<[a-z!/][^<]*>/i.test(text.slice(0, LONGEST_SOURCE));
}

/** Cuts every run that stands in what was sent. */
function dropEcho(words: string, sent: readonly string[]): string {
  const folded = sent.map((text) => text.replace(/\s+/g, " "));
  let kept = "";
  for (let at = 0; at < words.length; ) {
    let length = 0;
    for (const text of folded) length = Math.max(length, echoAt(words, at, text));
    kept += length > 0 ? "…" : words.charAt(at);
    at += Math.max(1, length);
  }
  return kept;
}

function echoAt(words: string, at: number, text: string): number {
  let length = 0;
  for (let width = 0; width < ECHO_WIDTH; length += 1) {
    if (at + length >= words.length) return 0;
    width += HAN.test(words.charAt(at + length)) ? 2 : 1;
  }
  if (!text.includes(words.slice(at, at + length))) return 0;
  while (at + length < words.length && text.includes(words.slice(at, at + length + 1))) length += 1;
  return length;
}

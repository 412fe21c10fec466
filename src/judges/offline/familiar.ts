/** Scripts of languages whose words the judge's weights have never seen. */
const FOREIGN =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Hebrew}\p{Script=Greek}]/u;
/** The commonest small words of German, French, Spanish, Portuguese and Vietnamese that English does not have. */
const SMALL_WORDS =
  /(?<!\p{L})(?:der|das|und|ist|nicht|ein|eine|für|mit|le|les|des|est|une|pas|dans|avec|el|los|las|que|una|por|para|del|não|uma|você|são|com|os|không|là|của|được|và)(?!\p{L})/giu;

/** A letter with an accent; English has them in a few names. */
const ACCENTED = /(?<!\p{L})\p{L}*[\u00c0-\u024f\u1e00-\u1eff]\p{L}*/gu;

/** Is the text Chinese or English? Of other languages no verdict is sure: nobody measured how often it is right. */
export function isFamiliar(text: string): boolean {
  if (FOREIGN.test(text)) return false;
  const small = text.match(SMALL_WORDS)?.length ?? 0;
  const accented = text.normalize("NFC").match(ACCENTED)?.length ?? 0;
  const strange = Math.max(small, accented);
  return strange === 0 || strange < text.split(/\s+/).length / 8;
}

/** Scripts of languages whose words the judge's weights have never seen. */
const FOREIGN =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Hebrew}\p{Script=Greek}]/u;
/** The commonest small words of German, French, Spanish, Portuguese and Vietnamese that English does not have. */
const SMALL_WORDS =
  /(?<!\p{L})(?:der|das|und|ist|nicht|ein|eine|für|mit|le|les|des|est|une|pas|dans|avec|el|los|las|que|una|por|para|del|não|uma|você|são|com|os|không|là|của|được|và)(?!\p{L})/giu;

/** Is the text Chinese or English? Of other languages no verdict is sure: nobody measured how often it is right. */
export function isFamiliar(text: string): boolean {
  if (FOREIGN.test(text)) return false;
  const small = text.match(SMALL_WORDS)?.length ?? 0;
  return small === 0 || small < text.split(/\s+/).length / 8;
}

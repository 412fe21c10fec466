/*
 * Porter's stemmer with the extensions of NLTK, which ROUGE's reference implementation uses. The `stemmer` package
 * follows the original paper and gives other stems for one word in sixty, among them "uses", "days" and "says".
 */

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["skies", "sky"],
  ["sky", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["news", "news"],
  ["inning", "inning"],
  ["innings", "inning"],
  ["outing", "outing"],
  ["outings", "outing"],
  ["canning", "canning"],
  ["cannings", "canning"],
  ["howe", "howe"],
  ["proceed", "proceed"],
  ["exceed", "exceed"],
  ["succeed", "succeed"],
]);

type Rules = readonly (readonly [suffix: string, replacement: string])[];

const STEP_2: Rules = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["alli", "al"],
  ["entli", "ent"],
  ["eli", "e"],
  ["ousli", "ous"],
  ["ization", "ize"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["fulli", "ful"],
];
const STEP_3: Rules = [
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
];
const STEP_4 =
  "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(" ");

/** The stem of a lower-case English word. */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  const inflected = dropInflection(dropPlural(word));
  return tidyEnd(dropSuffix(replaceFirst(STEP_3, dropDouble(turnY(inflected)))));
}

function dropPlural(word: string): string {
  if (word.endsWith("ies")) return word.length === 4 ? cut(word, 1) : cut(word, 2);
  if (word.endsWith("sses")) return cut(word, 2);
  return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
}

function dropInflection(word: string): string {
  if (word.endsWith("ied")) return word.length === 4 ? cut(word, 1) : cut(word, 2);
  if (word.endsWith("eed")) return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
  const ending = ["ed", "ing"].find((suffix) => word.endsWith(suffix));
  if (ending === undefined) return word;
  const stem = cut(word, ending.length);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : cut(stem, 1);
  return measure(stem) === 1 && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

function turnY(word: string): string {
  if (!word.endsWith("y") || word.length < 3) return word;
  return isConsonant(word, word.length - 2) ? `${cut(word, 1)}i` : word;
}

/** Step 2, with "alli" taken off before the rest is looked at again. */
function dropDouble(word: string): string {
  if (word.endsWith("alli") && measure(cut(word, 4)) > 0) return dropDouble(cut(word, 2));
  const changed = replaceFirst(STEP_2, word);
  if (changed !== word || !word.endsWith("logi")) return changed;
  return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
}

function replaceFirst(rules: Rules, word: string): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const stem = cut(word, rule[0].length);
  return measure(stem) > 0 ? stem + rule[1] : word;
}

function dropSuffix(word: string): string {
  const suffix = STEP_4.find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = cut(word, suffix.length);
  if (measure(stem) < 2 || (suffix === "ion" && !/[st]$/.test(stem))) return word;
  return stem;
}

function tidyEnd(word: string): string {
  let stem = word;
  if (word.endsWith("e")) {
    const bare = cut(word, 1);
    const size = measure(bare);
    if (size > 1 || (size === 1 && !endsInShortSyllable(bare))) stem = bare;
  }
  return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
}

function cut(word: string, length: number): string {
  return word.slice(0, word.length - length);
}

function isConsonant(word: string, index: number): boolean {
  return shape(word).charAt(index) === "c";
}

function hasVowel(word: string): boolean {
  return shape(word).includes("v");
}

/** One `c` or `v` a letter; `y` is a vowel after a consonant. */
function shape(word: string): string {
  const letters: string[] = [];
  let isVowel = true;
  for (const letter of word) {
    isVowel = letter === "y" ? letters.length > 0 && !isVowel : "aeiou".includes(letter);
    letters.push(isVowel ? "v" : "c");
  }
  return letters.join("");
}

/** How often a vowel is followed by a consonant: Porter's m. */
function measure(word: string): number {
  return shape(word).split("vc").length - 1;
}

function endsInDoubleConsonant(word: string): boolean {
  return word.length > 1 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1);
}

/** "hop", "at": consonant, vowel, consonant, or the last two alone; not before w, x or y. */
function endsInShortSyllable(word: string): boolean {
  const letters = shape(word);
  if (word.length === 2) return letters === "vc";
  return letters.endsWith("cvc") && !/[wxy]$/.test(word);
}

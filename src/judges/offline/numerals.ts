/** Chinese and English numerals as values, so that 一百二十, 120 and "one hundred twenty" are one number. */

const HAN_DIGITS = "零一二三四五六七八九";
const HAN_SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const HAN_LARGE: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/** Value of a run of Chinese numerals, null when it is not a number (一一, 千千). */
export function readHanNumber(run: string): number | null {
  const [whole = "", fraction, extra] = run
    .replaceAll("〇", "零")
    .replaceAll("两", "二")
    .split("点");
  if (extra !== undefined || whole === "") return null;
  const value = /[十百千万亿]/.test(whole) ? readHanUnits(whole) : readHanDigits(whole);
  if (value === null || fraction === undefined) return value;
  const digits = readHanDigits(fraction);
  return digits === null ? null : Number(`${value}.${digitsOf(fraction)}`);
}

function readHanDigits(run: string): number | null {
  const digits = digitsOf(run);
  return digits.length === run.length && digits.length <= 15 && digits !== ""
    ? Number(digits)
    : null;
}

function digitsOf(run: string): string {
  let digits = "";
  for (const character of run) {
    const digit = HAN_DIGITS.indexOf(character);
    if (digit >= 0) digits += digit;
  }
  return digits;
}

function readHanUnits(run: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const character of run) {
    const value = HAN_DIGITS.indexOf(character);
    const small = HAN_SMALL[character];
    const large = HAN_LARGE[character];
    if (value >= 0) {
      if (digit !== null && digit !== 0) return null;
      digit = value;
    } else if (small !== undefined) {
      if (digit === null && section > 0) return null;
      section += (digit ?? 1) * small;
      digit = null;
    } else if (large !== undefined) {
      section += digit ?? 0;
      if (section === 0 && total === 0) return null;
      if (section === 0) total *= large;
      else if (large === 1e8) total = (total + section) * large;
      else total += section * large;
      section = 0;
      digit = null;
    } else return null;
  }
  return total + section + (digit ?? 0);
}

const ENGLISH: ReadonlyMap<string, number> = new Map([
  ..."two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, i) => [word, i + 2] as const),
  ..."twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .map((word, i) => [word, (i + 2) * 10] as const),
]);

/**
 * Two to twelve, then twenty to ninety, in German, French, Spanish, Portuguese, Russian, Arabic and Hindi; folded, and
 * without those that are words of English ("once", "sept"). One is an article in most of them.
 */
const FOREIGN: ReadonlyMap<string, number> = new Map(
  [
    "zwei drei vier funf sechs sieben acht neun zehn elf zwolf|zwanzig dreißig vierzig funfzig sechzig siebzig achtzig neunzig",
    "deux trois quatre cinq six - huit neuf dix onze douze|vingt trente quarante cinquante soixante - - -",
    "dos tres cuatro cinco seis siete ocho nueve diez - doce|veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "dois - quatro - - sete oito nove dez - doze|vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать|двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة - -|عشرون ثلاثون اربعون خمسون ستون سبعون ثمانون تسعون",
    "दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह|बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे",
  ].flatMap((language) => {
    const groups = language.split("|").map((words) => words.split(" "));
    return groups.flatMap((words, tens) =>
      words.flatMap((word, i) =>
        word === "-" ? [] : [[word, (i + 2) * (tens ? 10 : 1)] as const],
      ),
    );
  }),
);

/** Value of a numeral below a hundred; "one" is left out because it is more often a pronoun. */
export function readNumberWord(word: string): number | null {
  return ENGLISH.get(word) ?? FOREIGN.get(word) ?? null;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ["hundred", 1e2],
  ["thousand", 1e3],
  ["k", 1e3],
  ["million", 1e6],
  ["mn", 1e6],
  ["billion", 1e9],
  ["bn", 1e9],
  ["trillion", 1e12],
  ["crore", 1e7],
  ["lakh", 1e5],
  ["百", 1e2],
  ["千", 1e3],
  ["万", 1e4],
  ["百万", 1e6],
  ["千万", 1e7],
  ["亿", 1e8],
  ["万亿", 1e12],
]);

/** Factor of a scale word ("million", 亿), 1 for anything else. */
export function scaleOf(word: string | undefined): number {
  return word === undefined ? 1 : (SCALES.get(word.toLowerCase()) ?? 1);
}

const ORDINALS: ReadonlyMap<string, number> = new Map(
  "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    .split(" ")
    .map((word, i) => [word, i + 3]),
);

/** 3..20 for "third".."twentieth", else null; "first" and "second" are words with opposites and other meanings. */
export function readOrdinal(word: string): number | null {
  return ORDINALS.get(word) ?? null;
}

const MONTHS: ReadonlyMap<string, number> = new Map([
  ..."january february march april may june july august september october november december"
    .split(" ")
    .map((word, i) => [word, i + 1] as const),
  ..."jan feb mar apr may jun jul aug sep oct nov dec"
    .split(" ")
    .map((word, i) => [word, i + 1] as const),
  ["sept", 9],
]);

/** 1..12 for an English month name or its abbreviation, else null. "May" and "March" only with a capital. */
export function readMonth(word: string): number | null {
  const lower = word.toLowerCase();
  const month = MONTHS.get(lower);
  if (month === undefined) return null;
  const isAmbiguous = lower === "may" || lower === "march" || lower === "mar";
  return isAmbiguous && word === lower ? null : month;
}

/** One spelling for equal values: 9 significant digits (conversions are no exacter), no exponent noise. */
export function numberTerm(value: number, dimension = ""): string {
  return `#${Number.isSafeInteger(value) ? value : Number(value.toPrecision(9))}${dimension}`;
}

const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ["half", 2],
  ["third", 3],
  ["thirds", 3],
  ["quarter", 4],
  ["quarters", 4],
  ["fifth", 5],
  ["fifths", 5],
  ["tenth", 10],
  ["tenths", 10],
]);

/** 2 for "half", 3 for "third", "thirds"; null for anything else. */
export function readFraction(word: string): number | null {
  return FRACTIONS.get(word) ?? null;
}

const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  "monday tuesday wednesday thursday friday saturday sunday"
    .split(" ")
    .flatMap((day, i) => [[day, i + 1] as const, [`${day}s`, i + 1] as const]),
);

/** 1 for Monday .. 7 for Sunday, else null. */
export function readWeekday(word: string): number | null {
  return WEEKDAYS.get(word) ?? null;
}

const SPECIAL: ReadonlySet<string> = new Set([
  "one",
  "dozen",
  "twice",
  ...FRACTIONS.keys(),
  ...WEEKDAYS.keys(),
  ...ENGLISH.keys(),
  ...FOREIGN.keys(),
  ...SCALES.keys(),
  ...ORDINALS.keys(),
  ...MONTHS.keys(),
]);

/** Can the lower-case word be (part of) a number or a date at all? */
export function isNumeral(word: string): boolean {
  return SPECIAL.has(word);
}

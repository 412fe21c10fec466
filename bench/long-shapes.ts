type Body = Record<string, unknown>;

const USUAL = {
  question: "What is the capital of France?",
  contexts: ["Paris is the capital of France. It is big."],
  ground_truth: "Paris is the capital.",
};

/** Bodies of about so many bytes, each hard for something that reads texts. */
export const SHAPES: Readonly<Record<string, (bytes: number) => Body>> = {
  "short sentences": answerOf("Paris is big. "),
  短句: answerOf("巴黎很大。"),
  "short sentences everywhere": everywhere((bytes) => repeat("Paris is big. ", bytes)),
  "words that differ": everywhere(differentWords),
  不同的字: everywhere(differentCharacters),
  "one word": answerOf("a"),
  "one word everywhere": everywhere((bytes) => repeat("a", bytes)),
  没有标点: everywhere((bytes) => repeat("巴黎很大", bytes)),
  一二三: answerOf("一二三四五"),
  digits: answerOf("1"),
  "digits and commas": answerOf("1,"),
  "digits and stops": answerOf("1. "),
  brackets: answerOf("[1"),
  "citations alone": answerOf("【1】"),
  "citations in sentences": answerOf("Paris is big [1][2]. "),
  newlines: (bytes) => ({ ...USUAL, answer: `Paris.${repeat("\n", bytes)}big.` }),
  blanks: (bytes) => ({ ...USUAL, answer: `Paris${repeat(" ", bytes)}big` }),
  "blanks in the reference": (bytes) => ({
    ...USUAL,
    answer: "a",
    ground_truth: `a${repeat(" ", bytes)}b`,
  }),
  "a letter a line": answerOf("a\n"),
  "list marks": answerOf("1. Paris\n"),
  "table rows": answerOf("| Paris | big |\n"),
  pipes: answerOf("|\n"),
  fences: answerOf("```\n"),
  emoji: answerOf("👨‍👩‍👧‍👦 "),
  "combining marks": (bytes) => ({ ...USUAL, answer: `e${repeat("\u0301", bytes)}` }),
  quotes: answerOf('"a b c" '),
  "open quotes": answerOf("“"),
  "quotations of every length": (bytes) => ({
    ...USUAL,
    answer: ofEveryLength(bytes / 2),
    contexts: [repeat("a b ", bytes / 2)],
  }),
  "made against search": (bytes) => ({
    ...USUAL,
    answer: repeat("ab", bytes / 2),
    ground_truth: `${repeat("ab", bytes / 4)}b${repeat("ab", bytes / 4)}`,
  }),
  "texts to compare": (bytes) => ({
    ...USUAL,
    answer: repeat("ab", Math.min(54_000, bytes / 4)),
    ground_truth: repeat("ba", Math.min(54_000, bytes / 4)),
    contexts: [repeat("ab", Math.min(54_000, bytes / 4))],
    reference_contexts: [repeat("ba", Math.min(54_000, bytes / 4))],
  }),
  人人不同的字对照: (bytes) => ({
    ...USUAL,
    answer: differentCharacters(bytes * 0.99),
    ground_truth: differentCharacters(4000),
  }),
  aliases: (bytes) => ({
    ...USUAL,
    answer: repeat("the a1 b c d e f g ", bytes),
    ground_truth: Array.from({ length: 190 }, (_, i) => `the a${i} b c d e f g`).join("/"),
  }),
  entities: (bytes) => ({
    ...USUAL,
    answer: "a",
    contexts: [repeat("a", bytes / 2)],
    ground_truth: names(bytes / 2),
  }),
  "hundred contexts of one letter": (bytes) => ({
    ...USUAL,
    answer: repeat("Paris is big. ", bytes),
    contexts: Array.from({ length: 100 }, (_, i) => String.fromCharCode(97 + (i % 26))),
  }),
  "hundred equal contexts": (bytes) => ({
    ...USUAL,
    answer: repeat("Paris is big. ", bytes / 2),
    contexts: Array.from({ length: 100 }, () => repeat("Paris is big. ", bytes / 200)),
  }),
  "hundred headings": (bytes) => ({
    ...USUAL,
    answer: "Paris is big.",
    contexts: Array.from(
      { length: 100 },
      () => `${repeat("a1 ", 90)}: ${repeat("a1 ", bytes / 100)}`,
    ),
  }),
  "a long context": (bytes) => ({ ...USUAL, answer: "Paris.", contexts: [differentWords(bytes)] }),
  "a long question": (bytes) => ({
    ...USUAL,
    question: differentWords(bytes / 2),
    answer: repeat("Paris is big. ", bytes / 2),
  }),
  "many questions": (bytes) => ({
    ...USUAL,
    question: repeat("What is big? ", bytes / 2),
    answer: repeat("Paris is big. ", bytes / 2),
  }),
  "a long reference": (bytes) => ({
    ...USUAL,
    answer: "Paris.",
    ground_truth: differentWords(bytes),
  }),
  "reference and contexts": (bytes) => ({
    ...USUAL,
    answer: "Paris.",
    ground_truth: differentWords(bytes / 2),
    contexts: Array.from({ length: 100 }, () => differentWords(bytes / 200)),
  }),
  capitals: everywhere((bytes) => repeat("ABC DEF Ghi ", bytes)),
  "one family of words": everywhere((bytes) => family(bytes)),
  backslashes: answerOf("\\"),
  stars: answerOf("**a"),
  "angle brackets": answerOf("<"),
};

function answerOf(unit: string) {
  return (bytes: number): Body => ({ ...USUAL, answer: repeat(unit, bytes) });
}

function everywhere(make: (bytes: number) => string) {
  return (bytes: number): Body => {
    const text = make(bytes / 3);
    return { question: USUAL.question, answer: text, contexts: [text], ground_truth: text };
  };
}

function repeat(unit: string, bytes: number): string {
  const size = Buffer.byteLength(JSON.stringify(unit)) - 2;
  return unit.repeat(Math.max(1, Math.floor(bytes / size)));
}

/** The same numbers on every machine. */
function* numbers(): Generator<number> {
  for (let state = 1; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state;
  }
}

function differentWords(bytes: number): string {
  const words: string[] = [];
  let length = 0;
  for (const number of numbers()) {
    if (length >= bytes) break;
    words.push(`${(number % 100_000).toString(36)}${number % 13 === 0 ? ". The" : ""}`);
    length += (words.at(-1)?.length ?? 0) + 1;
  }
  return words.join(" ");
}

function differentCharacters(bytes: number): string {
  let text = "";
  for (const number of numbers()) {
    if (text.length * 3 >= bytes) break;
    text += `${String.fromCharCode(0x4e00 + (number % 20_000))}${number % 13 === 0 ? "。" : ""}`;
  }
  return text;
}

function ofEveryLength(bytes: number): string {
  let text = "";
  for (let length = 1; text.length < bytes; length++) text += `“${repeat("a b ", length * 4)}c” `;
  return text;
}

function names(bytes: number): string {
  let text = "";
  for (let at = 0; text.length < bytes; at++)
    text += `A${"a".repeat(at % 40)}, Name${at.toString(36)}, `;
  return text;
}

function family(bytes: number): string {
  let text = "";
  for (let at = 0; text.length < bytes; at++) text += `phot${at.toString(36)} `;
  return text;
}

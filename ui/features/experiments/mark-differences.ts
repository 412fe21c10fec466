import { language } from "../../kit/preferences.ts";

export interface Part {
  text: string;
  differs: boolean;
}

/** More words than this are not laid side by side: the table of their common ones would take too long. */
const MOST_WORDS = 600;

function wordsOf(text: string): string[] {
  const segmenter = new Intl.Segmenter(language(), { granularity: "word" });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Two texts, each with the words and numbers that the other does not have at that place. */
export function markDifferences(left: string, right: string): [Part[], Part[]] {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  if (left === right || a.length > MOST_WORDS || b.length > MOST_WORDS) {
    return [[{ text: left, differs: false }], [{ text: right, differs: false }]];
  }
  // Longest common subsequence, from the end.
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: [Part[], Part[]] = [[], []];
  const add = (side: 0 | 1, text: string | undefined, differs: boolean) => {
    const last = parts[side].at(-1);
    if (last?.differs === differs) last.text += text ?? "";
    else parts[side].push({ text: text ?? "", differs });
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(0, a[i++], false);
      add(1, b[j++], false);
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1)))
      add(0, a[i++], true);
    else add(1, b[j++], true);
  }
  return parts;
}

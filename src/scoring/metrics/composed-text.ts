/** Whose values are asked for where ours are corrected. */
export type Compat = "ragas" | null;

/**
 * The text in Unicode's composed form (NFC): é of one character and é of two look the same and mean the same, and
 * files of a Mac have the latter. Ragas compares them as they come.
 */
export function composed(text: string, compat: Compat): string {
  return compat === "ragas" ? text : text.normalize("NFC");
}

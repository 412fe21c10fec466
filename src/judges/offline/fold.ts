/**
 * Writing variants that mean the same become one: full-width forms, ligatures, case, curly quotes.
 * Lone surrogates pass through unharmed.
 */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/[“”„]/g, '"');
}

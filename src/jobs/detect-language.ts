/** How much of a long text is looked at. */
const SAMPLE_CHARACTERS = 4000;

/** Chinese when Han characters make up a fifth of the letters: a Chinese text with English terms stays Chinese. */
export function detectLanguage(text: string): "zh" | "en" {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && han / letters >= 0.2 ? "zh" : "en";
}

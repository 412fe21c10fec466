import { said } from "../words/said.ts";
import { type Notes, warn } from "./notes.ts";

/** Control characters no text has: what `\b`, `\v`, `\a`, `\e` and `\0` become where somebody reads escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0b\x0e-\x1f]/;
/** A form feed parts pages in what was read out of a PDF; before a letter it was the `\f` of `\frac`. */
const FORM_FEED = /\f[a-z]/;
/** Tab, break and return before what is left of `\theta`, `\nabla`, `\rho` and the like. */
const COMMANDS =
  /\t(?:heta|imes|ext(?:bf|it|rm|tt)?\{|au\b|frac|ilde|riangle|o\b)|\n(?:abla|eq\b|otin|ewline)|\r(?:ho\b|ight|angle|floor|ceil)/;

/** Says that backslashes were read as escapes on the way: formulas and paths are no longer what they were. */
export function warnOfControlCharacters(
  texts: Readonly<Record<string, string | readonly string[] | null>>,
  notes: Notes,
): void {
  for (const [field, value] of Object.entries(texts)) {
    const lost = [value ?? []].flat().some((text) => isDamaged(text));
    if (lost) warn(notes, said("control_characters", { field }));
  }
}

function isDamaged(text: string): boolean {
  return CONTROL.test(text) || FORM_FEED.test(text) || COMMANDS.test(text);
}

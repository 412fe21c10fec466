/** What is said, in each language; `{name}` stands for a parameter. */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
  /** For whoever names no language, where English alone would not do. */
  readonly unasked?: string;
}

/** A sentence with what to do about it. */
export interface Advised extends Sentence {
  readonly fix: Sentence;
}

/** What is no name between braces: `{{#node.result#}}` and `{"a": 1}` in a sentence are text. */
type NoName = `${string}${"{" | "#" | " " | '"' | ":"}${string}` | "";

/** The parameters of a text by name. */
type NamesOfText<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends NoName ? never : Name) | NamesOfText<Rest>
  : never;

/** The parameters of a sentence and of its fix. */
export type NamesIn<Entry> = Entry extends { en: infer Text extends string }
  ? NamesOfText<Text> | (Entry extends { fix: infer Fix } ? NamesIn<Fix> : never)
  : never;

/** `true` where both languages have the same parameters. */
type Agrees<Entry> = Entry extends { en: infer En extends string; zh: infer Zh extends string }
  ? [NamesOfText<En>, NamesOfText<Zh>] extends [NamesOfText<Zh>, NamesOfText<En>]
    ? Entry extends { fix: infer Fix }
      ? Agrees<Fix>
      : true
    : false
  : false;

/**
 * A table of sentences by code. One without its Chinese, or whose languages differ in their parameters, does not
 * compile: it is no value of `never`.
 */
export function sentences<const Table extends Readonly<Record<string, Sentence>>>(
  table: Table & { [Code in keyof Table]: Agrees<Table[Code]> extends true ? Table[Code] : never },
): Table {
  return table;
}

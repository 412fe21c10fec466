import type { JobError, Language, Warning } from "../contract/outcome.ts";
import { type Failure, outerCode, type Parameter, type Said, type SaidWarning } from "./said.ts";
import type { Advised, Sentence } from "./sentence.ts";

/** The language somebody reads; null: nobody said so, which is told what was always told, mostly English. */
export type Reader = Language | null;

const ROWS = {
  one: { en: "Line {line}: {what}", zh: "第 {line} 行：{what}" },
  several: {
    en: "{count} rows, the first in line {line}: {what}",
    zh: "共 {count} 行，首个在第 {line} 行：{what}",
  },
} as const;

/** Says sentences of some tables. A code they do not have, such as one of another version, is shown as it is. */
export class Speaker {
  readonly #sentences: Readonly<Record<string, Sentence | Advised>>;

  constructor(sentences: Readonly<Record<string, Sentence | Advised>>) {
    this.#sentences = sentences;
  }

  say({ code, params, rows }: Said, reader: Reader): string {
    const known = this.#sentences[code];
    const what = known ? this.#fill(known, params, reader) : outerCode(code).replaceAll("_", " ");
    if (!rows) return what;
    return this.#fill(rows.count === 1 ? ROWS.one : ROWS.several, { ...rows, what }, reader);
  }

  sayWarning(warning: SaidWarning, reader: Reader): Warning {
    const known = this.#sentences[warning.code];
    const fix = known && "fix" in known ? this.#fill(known.fix, warning.params, reader) : "";
    return { code: outerCode(warning.code), message: this.say(warning, reader), fix };
  }

  sayFailure(failure: Failure | null, reader: Reader): JobError | null {
    return failure && { code: failure.code, message: this.say(failure.message, reader) };
  }

  #fill(sentence: Sentence, params: Said["params"], reader: Reader): string {
    const text = reader === null ? (sentence.unasked ?? sentence.en) : sentence[reader];
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = Object.hasOwn(params, name) ? params[name] : undefined;
      return value === undefined ? whole : this.#write(value, reader);
    });
  }

  #write(value: Parameter, reader: Reader): string {
    if (typeof value !== "object") return String(value);
    if (isList(value)) {
      return value.map((one) => this.#write(one, reader)).join(reader === "zh" ? "" : " ");
    }
    return "code" in value ? this.say(value, reader) : this.#fill(value, {}, reader);
  }
}

function isList(value: Parameter): value is readonly Parameter[] {
  return Array.isArray(value);
}

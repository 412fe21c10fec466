import { isRecord } from "../intake/parse-json.ts";

/** What stands at `a.b[0].c`; `[]` stands for every one of a list. Undefined: nothing does. */
export function readPath(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\[(\d*)\]|([^.[\]]+)/g)];
  return follow(
    value,
    steps.map(([, index, name]) => (name === undefined ? (index ?? "") : { name })),
  );
}

type Step = { name: string } | string;

function follow(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return value;
  if (typeof step === "object") {
    return isRecord(value) && Object.hasOwn(value, step.name)
      ? follow(value[step.name], rest)
      : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  if (step !== "") return follow(value[Number(step)], rest);
  return value.flatMap((one) => follow(one, rest) ?? []);
}

/** A text, or what a list or object holds as text; null: there is none. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return null;
}

const TEXT_NAMES = ["content", "text", "page_content", "q"] as const;

/** Passages of a list of texts, or of objects with a text; null: it is no list of them. */
export function textsOf(value: unknown): string[] | null {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (!Array.isArray(value)) return null;
  const texts = value.map((one) => {
    if (!isRecord(one)) return textOf(one);
    const name = TEXT_NAMES.find((candidate) => typeof one[candidate] === "string");
    return name === undefined ? null : textOf(one[name]);
  });
  const known = texts.filter((text) => text !== null);
  return known.length === texts.length ? known.filter((text) => text.trim() !== "") : null;
}

export function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

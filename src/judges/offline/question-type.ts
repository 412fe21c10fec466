import { fold } from "./fold.ts";
import type { Token } from "./tokens.ts";

export type Asked =
  | "number"
  | "time"
  | "person"
  | "place"
  | "reason"
  | "manner"
  | "yes_no"
  | "thing";

// The first that fits wins: "how many years" asks for a number, "in what year" for a time.
const PATTERNS: readonly (readonly [Asked, RegExp])[] = [
  [
    "number",
    /\bhow (?:many|much|long|old|tall|far|high|big|large|often|deep|fast)\b|多少|几[个次人年天岁名位家种条倍]|占比|比例|人数|多大|多长|多高/u,
  ],
  [
    "time",
    /\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|time|century)\b|什么时候|何时|哪一?年|几月|哪一?天|时间/u,
  ],
  ["person", /\bwho(?:se|m)?\b|谁|哪位|何人|哪一?个人/u],
  [
    "place",
    /\bwhere\b|\b(?:what|which) (?:country|city|state|town|place|location)\b|哪里|哪儿|何处|在哪|什么地方/u,
  ],
  ["reason", /\bwhy\b|\breasons?\b|为什么|为何|原因|怎么会|凭什么/u],
  ["manner", /\bhow\b|如何|怎么|怎样/u],
  [
    "yes_no",
    /^(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should)\b|吗[?？]?|是否|有没有|有无|会不会|是不是/u,
  ],
];

/** What kind of answer a question wants. */
export function typeOfQuestion(question: string): Asked {
  const text = fold(question).toLowerCase();
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? "thing";
}

const REASON =
  /\bbecause|\bdue to|\bsince\b|\breason|\bcaused?\b|\bso that\b|因为|由于|因此|原因|所致|主要是|受.{0,12}影响|为了/u;
const YES_NO =
  /^\W{0,3}(?:yes|no)\b|是的|不是|没有|不存在|不涉及|暂无|尚未|未有|已经?|不会|目前(?:有|无|已|正|没|暂|尚)|属实|可以|能够|均为|确认/u;

/** Does the answer hold the kind of thing the question wants? null when the kind leaves no trace in words. */
export function suitsQuestion(
  asked: Asked,
  answer: string,
  fresh: readonly Token[],
): boolean | null {
  switch (asked) {
    case "number":
    case "time":
      return fresh.some(({ kind }) => kind === "number");
    case "person":
    case "place":
      return fresh.some(
        ({ kind, isName, surface }) => kind === "han" || isName || /^\p{Lu}/u.test(surface),
      );
    case "reason":
      return REASON.test(fold(answer).toLowerCase());
    case "yes_no":
      return YES_NO.test(fold(answer).toLowerCase());
    case "manner":
    case "thing":
      return null;
    default:
      return asked satisfies never;
  }
}

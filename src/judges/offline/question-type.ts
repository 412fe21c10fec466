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
    /\bhow (?:many|much|long|old|tall|far|high|big|large|often|deep|fast)\b|多少|几[个次人年天岁名位家种条倍]|占比|比例|人数|多[大长高久重远深宽厚快]/u,
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

/** What a value has to be measured in to be what is asked for; `money` is any currency. */
const DIMENSIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:prices?|costs?|fees?|charged?|pay)\b|多少(?:钱|元)|几(?:元|块)|价格|售价|费用|收费/u,
    "money",
  ],
  [/\bhow heavy\b|\bweigh(?:t|s)?\b|[多几]重|重量|几(?:斤|公斤)/u, "g"],
  [/\bhow (?:hot|cold|warm)\b|\btemperature\b|多少度|几度|温度/u, "C"],
  [/\bhow (?:tall|deep|wide|thick)\b|\b(?:height|depth|width)\b|多[深宽厚]|[高深宽厚]度/u, "m"],
  [/\bhow (?:high|low)\b|多高/u, "m % pp C"],
  [/\bhow far\b|\bdistance\b|多远|距离/u, "m s"],
  [/\bhow fast\b|\bspeed\b|多快|速度|时速/u, "kmh s"],
  [/\bhow long\b|\blength\b|多长|长度/u, "s mo m"],
  [
    /\bhow old\b|\bhow many (?:days|hours|minutes|weeks|months|years)\b|多久|几(?:天|年|小时|个月|周|分钟|岁)/u,
    "s mo",
  ],
  [/\bpercent(?:age)?\b|占比|比例|百分/u, "% pp"],
  [/\bwhen\b|\bwhat time\b|几点|何时|什么时[候间]|哪一?[年天]|几月/u, "clock d mon y wd q"],
];

/** The dimensions a value can have that is asked for; none where the words do not tell. */
export function dimensionsAsked(question: string): ReadonlySet<string> {
  const text = fold(question).toLowerCase();
  return new Set(
    DIMENSIONS.flatMap(([pattern, dimensions]) =>
      pattern.test(text) ? dimensions.split(" ") : [],
    ),
  );
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

import type { Evidence } from "./evidence.ts";

/** Longer than this, and somebody says something. */
const MOST_CHARACTERS = 60;
const MARKS = /(?:[\s:：·^_\p{Extended_Pictographic}]|\u{fe0f}|\u{200d})+$/u;
const BETWEEN = /[,，。.!！~～…、;；?？\n]+/u;

const COURTESY = new RegExp(
  `^(?:${[
    "(?:你|您|大家)(?:好|们好)[呀啊哦]?|哈[喽啰]|嗨|[早中午晚][上安]?好?|[上中下]午好|晚上好|在吗|在么|有人吗",
    "(?:非常|十分|太|好的?|行|嗯)*(?:谢谢|感谢|多谢|谢了|谢啦|辛苦了|麻烦了)(?:你们?|您|大家|了|啦|啊|哦)*",
    "再见|拜拜|回头见|没[有别]?(?:其他|别的)?(?:事|问题)了?|没了",
    "(?:hi|hello|hey|hiya|greetings)(?: (?:there|again|all|everyone|team|bot))?|good (?:morning|afternoon|evening|night|day)",
    "(?:ok|okay|great|perfect|no)?\\s?(?:many )?(?:thanks|thank you|thx|ty|cheers)(?: (?:so|very) much| a lot| again)?(?: for (?:the|your) (?:help|answer|info(?:rmation)?))?",
    "(?:good)?bye(?:[ -]bye)?|see you(?: later| soon)?|have a (?:nice|good|great) (?:day|one|evening|weekend)|(?:that(?:'s| is| was|’s) (?:all|it|everything))|no more questions",
  ].join("|")})$`,
  "iu",
);
/** Says nothing beside a courtesy; alone it may be the yes to what the app has asked. */
const ASSENT =
  /^(?:好的?|行|嗯+|哦|知道了|明白了?|了解了?|收到|ok|okay|great|perfect|cool|got it|i see)$/iu;

/**
 * Whether a turn only greets, thanks or takes its leave, and nobody says what its answer should have been. Such a turn
 * asks nothing, so no metric applies to it; what its answer says against the passages counts as ever.
 */
export function isSmallTalk(
  evidence: Pick<Evidence, "question" | "reference" | "claims">,
): boolean {
  if (evidence.reference !== null || evidence.question.length > MOST_CHARACTERS) return false;
  const parts = evidence.question
    .split(BETWEEN)
    .map((part) => part.replace(MARKS, "").trim())
    .filter((part) => part !== "");
  const isCourteous = (part: string) => COURTESY.test(part);
  if (!parts.some(isCourteous) || !parts.every((part) => isCourteous(part) || ASSENT.test(part)))
    return false;
  return evidence.claims.every(({ verdict }) => verdict !== "contradicted");
}

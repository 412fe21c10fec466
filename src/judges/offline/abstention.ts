import { fold } from "./fold.ts";

const ABSTENTIONS: readonly RegExp[] = [
  /\bi (?:do not|don't|can't|cannot|could not|couldn't) (?:know|answer|find|say|tell|provide|determine)\b/u,
  /\bi(?:'m| am) (?:not sure|unable|sorry, but)\b/u,
  /\b(?:unable|not able|impossible) to (?:answer|find|determine|provide)\b/u,
  /\b(?:no|not enough|insufficient) (?:information|evidence|data|context)\b/u,
  /\b(?:context|passages?|documents?|text|sources?) (?:do|does|did)(?: not|n't) (?:contain|mention|provide|say|state|specify|include)\b/u,
  /无法(?:回答|确定|得知|判断|提供)|不(?:知道|清楚|确定)|没有(?:找到|提到|提及|提供|相关)|未(?:找到|提及|提供|说明)|信息不足|抱歉|对不起/u,
];

/** Characters an abstention may be long; a longer text that also apologises has said something else. */
const ABSTENTION_LIMIT = 300;

/** The answer declines to answer ("I don't know", 无法回答). */
export function isAbstention(answer: string): boolean {
  const text = fold(answer.slice(0, ABSTENTION_LIMIT + 1));
  if (answer.length > ABSTENTION_LIMIT) return false;
  return ABSTENTIONS.some((pattern) => pattern.test(text));
}

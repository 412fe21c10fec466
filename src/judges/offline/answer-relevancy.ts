import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isAbstention } from "./abstention.ts";
import { fold } from "./fold.ts";
import { suitsQuestion, typeOfQuestion } from "./question-type.ts";
import { isStopTerm } from "./stop-words.ts";
import { backgroundWeight } from "./term-weight.ts";
import { type Token, tokenizeInSteps } from "./tokens.ts";

/** What is measured of an answer against its question. The order is that of the weights. */
export const RELEVANCY_FEATURES = [
  // Word overlap has another scale in Chinese bigrams than in English words, so each has weights of its own.
  "coverage",
  "rarest",
  "pairs",
  "echo",
  "lead",
  "questionLength",
  "fresh",
  "hanCoverage",
  "hanRarest",
  "hanPairs",
  "hanEcho",
  "hanLead",
  "hanQuestionLength",
  "hanFresh",
  "isHan",
  "suits",
  "suitsNot",
  "evasive",
  "definite",
  "abstains",
  "bare",
  "questions",
  "weakestPart",
] as const;

/** Greetings and thanks around an answer; they answer nothing. */
const COURTESY =
  /(?:尊敬|亲爱)的?(?:投资者|股东|用户|客户|朋友|先生|女士)[^,，。!！:：]{0,6}[,，。!！:：]*|您好|你好|(?:非常|再次)?(?:感谢|谢谢)[^,，。!！]{0,20}(?:关注|提问|支持|建议|关心|投资者|来电)[^,，。!！]{0,8}|谢谢|感谢|请问|董秘/gu;

/** Pointing elsewhere, promising, speaking in general: an answer that does not commit itself. */
const EVASIVE =
  /请(?:您)?(?:以|参见|查阅|关注|留意|咨询|详见|见)|敬请|为准|及时(?:公告|披露|公布|履行)|披露义务|信息披露|相关规定|结合(?:自身|实际|公司)|积极(?:关注|研究|探索)|综合考虑|多(?:种|方面)?因素|不便|适时|定期报告|相关公告|将(?:会)?(?:继续|按照|根据|努力|严格)|努力做好|市场行为|the (?:official|latest) (?:website|information|sources?)|please (?:check|refer|contact|consult|visit)|it depends|varies depending|as an ai|further (?:information|context)|more (?:information|context|details)|can you (?:please )?(?:provide|clarify)|could you/gu;

const DEFINITE =
  /目前|截[至止]|暂无|没有|暂未|尚未|不涉及|不存在|已经?(?:完成|开始|取得|获得|投产|实现|与|在)|约为|占比|属于|主要(?:是|为|用于|有|包括)|分别|其中|[0-9](?:%|亿|万|户|家|吨|元)/gu;

const CONTENT = 0.3;
const BARE_TOKENS = 4;
/** A longer answer is looked at in steps. */
const LONG_CHARACTERS = 50_000;
const PARTS_AT_ONCE = 1000;

/** A question as answers are laid beside it; made once for all claims of an answer. */
export interface Asked {
  question: string;
  /** Its telling words, each once, with their weights. */
  tokens: Token[];
  weights: number[];
  total: number;
  /** Term → position in `tokens`. */
  places: Map<string, number>;
  /** Positions of its most telling words. */
  rare: Set<number>;
  isHan: boolean;
  type: ReturnType<typeof typeOfQuestion>;
  /** Question marks. */
  marks: number;
  /** Of several questions in one: their numbers of telling words, and the questions a term stands in. */
  partSizes: number[];
  partsOf: Map<string, number[]>;
}

export function* prepareQuestion(question: string): Steps<Asked> {
  const tokens = yield* telling(question);
  const weights = tokens.map(backgroundWeight);
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const partSizes: number[] = [];
  const partsOf = new Map<string, number[]>();
  for (const [at, part] of question.split(/[?？。;；]/).entries()) {
    if (at > 0 && at % PARTS_AT_ONCE === 0) yield;
    const asked = yield* telling(part);
    if (asked.length < 2) continue;
    for (const { term } of asked) {
      const parts = partsOf.get(term);
      if (parts) parts.push(partSizes.length);
      else partsOf.set(term, [partSizes.length]);
    }
    partSizes.push(asked.length);
  }
  return {
    question,
    tokens,
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0) || 1,
    places: new Map(tokens.map(({ term }, i) => [term, i])),
    rare: new Set(weights.flatMap((weight, i) => (weight >= heaviest * 0.95 ? [i] : []))),
    isHan: tokens.filter(({ kind }) => kind === "han").length * 2 > tokens.length,
    type: typeOfQuestion(question),
    marks: countMatches(question, /[?？]/gu),
    partSizes,
    partsOf,
  };
}

/** Features of an answer against its question. Linear in the answer, whatever the length of the question. */
export function measureRelevancy(question: string, answer: string): number[] {
  return runAtOnce(
    (function* () {
      return yield* measureInSteps(yield* prepareQuestion(question), answer);
    })(),
  );
}

/** The same for texts that may be megabytes long. */
export function* measureInSteps(asked: Asked, answer: string): Steps<number[]> {
  const isLong = answer.length > LONG_CHARACTERS;
  const body = fold(answer).replace(COURTESY, " ");
  if (isLong) yield;
  const tokens = yield* tokenizeInSteps(body);
  const positions = new Map<string, number[]>();
  tokens.forEach(({ term }, i) => {
    const places = positions.get(term);
    if (places) places.push(i);
    else positions.set(term, [i]);
  });
  if (isLong) yield;
  // Positions in the question of the words the answer repeats, in the order of the question.
  const repeated = [...positions.keys()]
    .flatMap((term) => asked.places.get(term) ?? [])
    .sort((a, b) => a - b);
  if (isLong) yield;
  const covered = repeated.reduce((sum, at) => sum + (asked.weights[at] ?? 0), 0);
  const content = tokens.filter((token) => backgroundWeight(token) >= CONTENT);
  if (isLong) yield;
  const fresh = content.filter(({ term }) => !asked.places.has(term));
  if (isLong) yield;
  const suits = suitsQuestion(asked.type, body, fresh);
  const lower = body.toLowerCase();
  const first = repeated.reduce(
    (least, at) => Math.min(least, positions.get(asked.tokens[at]?.term ?? "")?.[0] ?? least),
    Number.POSITIVE_INFINITY,
  );
  const rare = repeated.filter((at) => asked.rare.has(at)).length;
  const overlap = [
    covered / asked.total,
    asked.rare.size === 0 ? 0 : rare / asked.rare.size,
    sharePairs(asked, repeated, positions),
    content.length === 0 ? 0 : 1 - fresh.length / content.length,
    repeated.length === 0 ? 0 : 1 / (1 + first / 10),
    Math.log(1 + asked.tokens.length),
    Math.log(1 + fresh.length),
  ];
  const none = overlap.map(() => 0);
  if (isLong) yield;
  const evasive = countMatches(lower, EVASIVE);
  if (isLong) yield;
  return [
    ...(asked.isHan ? none : overlap),
    ...(asked.isHan ? overlap : none),
    asked.isHan ? 1 : 0,
    suits === true ? 1 : 0,
    suits === false ? 1 : 0,
    saturate(evasive),
    saturate(countMatches(lower, DEFINITE)),
    isAbstention(answer) ? 1 : 0,
    // A name alone is a good answer, though it repeats nothing of the question.
    fresh.length > 0 && content.length <= BARE_TOKENS ? 1 : 0,
    saturate(asked.marks - 1),
    weakestPart(asked, positions),
  ];
}

/** Of several questions in one, how far the least answered one is covered, 0..1. */
function weakestPart(
  { partSizes, partsOf }: Asked,
  positions: ReadonlyMap<string, number[]>,
): number {
  if (partSizes.length === 0) return 1;
  const found = [...positions.keys()].flatMap((term) => {
    const parts = partsOf.get(term);
    return parts ? [parts] : [];
  });
  if (found.reduce((sum, parts) => sum + parts.length, 0) < partSizes.length) return 0;
  const covered = new Uint32Array(partSizes.length);
  for (const parts of found) for (const part of parts) covered[part] = (covered[part] ?? 0) + 1;
  return covered.reduce((least, count, i) => Math.min(least, count / (partSizes[i] ?? 1)), 1);
}

function* telling(question: string): Steps<Token[]> {
  const seen = new Set<string>();
  const tokens = yield* tokenizeInSteps(fold(question).replace(COURTESY, " "));
  return tokens.filter(({ term }) => !isStopTerm(term) && !seen.has(term) && seen.add(term));
}

/** Of neighbouring words of the question, the share that stand near each other in the answer, in this order. */
function sharePairs(
  { tokens }: Asked,
  repeated: readonly number[],
  positions: ReadonlyMap<string, number[]>,
): number {
  if (tokens.length < 2) return 0;
  let kept = 0;
  repeated.forEach((at, i) => {
    if (repeated[i + 1] !== at + 1) return;
    const from = (positions.get(tokens[at]?.term ?? "") ?? []).slice(0, 8);
    const to = (positions.get(tokens[at + 1]?.term ?? "") ?? []).slice(0, 8);
    if (from.some((a) => to.some((b) => b > a && b - a <= 3))) kept++;
  });
  return kept / (tokens.length - 1);
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

function saturate(count: number): number {
  return count <= 0 ? 0 : count / (1 + count);
}

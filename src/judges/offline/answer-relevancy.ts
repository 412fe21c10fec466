import { isAbstention } from "./abstention.ts";
import { fold } from "./fold.ts";
import { suitsQuestion, typeOfQuestion } from "./question-type.ts";
import { isStopTerm } from "./stop-words.ts";
import { backgroundWeight } from "./term-weight.ts";
import { type Token, tokenize } from "./tokens.ts";

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

/** Features of an answer against its question; texts are looked at up to a limit, so the cost is linear. */
export function measureRelevancy(question: string, answer: string): number[] {
  const asked = telling(question);
  const body = fold(answer).replace(COURTESY, " ");
  const tokens = tokenize(body);
  const positions = new Map<string, number[]>();
  tokens.forEach(({ term }, i) => {
    const places = positions.get(term);
    if (places) places.push(i);
    else positions.set(term, [i]);
  });
  const weights = asked.map(backgroundWeight);
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const covered = asked.reduce(
    (sum, { term }, i) => sum + (positions.has(term) ? (weights[i] ?? 0) : 0),
    0,
  );
  const askedTerms = new Set(asked.map(({ term }) => term));
  const content = tokens.filter((token) => backgroundWeight(token) >= CONTENT);
  const fresh = content.filter(({ term }) => !askedTerms.has(term));
  const suits = suitsQuestion(typeOfQuestion(question), body, fresh);
  const heaviest = Math.max(0, ...weights);
  const rare = asked.filter((_, i) => (weights[i] ?? 0) >= heaviest * 0.95);
  const lower = body.toLowerCase();
  const first = asked.flatMap(({ term }) => positions.get(term)?.slice(0, 1) ?? []);
  const overlap = [
    covered / total,
    rare.length === 0 ? 0 : rare.filter(({ term }) => positions.has(term)).length / rare.length,
    sharePairs(asked, positions),
    content.length === 0 ? 0 : 1 - fresh.length / content.length,
    first.length === 0 ? 0 : 1 / (1 + Math.min(...first) / 10),
    Math.log(1 + asked.length),
    Math.log(1 + fresh.length),
  ];
  const isHan = asked.filter(({ kind }) => kind === "han").length * 2 > asked.length;
  const none = overlap.map(() => 0);
  return [
    ...(isHan ? none : overlap),
    ...(isHan ? overlap : none),
    isHan ? 1 : 0,
    suits === true ? 1 : 0,
    suits === false ? 1 : 0,
    saturate(countMatches(lower, EVASIVE)),
    saturate(countMatches(lower, DEFINITE)),
    isAbstention(answer) ? 1 : 0,
    // A name alone is a good answer, though it repeats nothing of the question.
    fresh.length > 0 && content.length <= BARE_TOKENS ? 1 : 0,
    saturate(countMatches(question, /[?？]/gu) - 1),
    weakestPart(question, positions),
  ];
}

/** Of several questions in one, how far the least answered one is covered, 0..1. */
function weakestPart(question: string, positions: ReadonlyMap<string, number[]>): number {
  let weakest = 1;
  for (const part of question.split(/[?？。;；]/)) {
    const asked = telling(part);
    if (asked.length < 2) continue;
    weakest = Math.min(
      weakest,
      asked.filter(({ term }) => positions.has(term)).length / asked.length,
    );
  }
  return weakest;
}

function telling(question: string): Token[] {
  const seen = new Set<string>();
  return tokenize(fold(question).replace(COURTESY, " ")).filter(
    ({ term }) => !isStopTerm(term) && !seen.has(term) && seen.add(term),
  );
}

function sharePairs(asked: readonly Token[], positions: ReadonlyMap<string, number[]>): number {
  if (asked.length < 2) return 0;
  let kept = 0;
  for (let i = 0; i + 1 < asked.length; i++) {
    const from = (positions.get(asked[i]?.term ?? "") ?? []).slice(0, 8);
    const to = (positions.get(asked[i + 1]?.term ?? "") ?? []).slice(0, 8);
    if (from.some((a) => to.some((b) => b > a && b - a <= 3))) kept++;
  }
  return kept / (asked.length - 1);
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

function saturate(count: number): number {
  return count <= 0 ? 0 : count / (1 + count);
}

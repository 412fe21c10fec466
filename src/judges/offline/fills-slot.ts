import { antonymsOf } from "./antonyms.ts";
import { fold } from "./fold.ts";
import { once } from "./once.ts";
import { type Asked, dimensionsAsked, suitsQuestion, typeOfQuestion } from "./question-type.ts";
import { isStopTerm } from "./stop-words.ts";
import { synonymsOf } from "./synonyms.ts";
import { backgroundWeight } from "./term-weight.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A longer question asks more than one thing. */
const QUESTION_LIMIT = 300;
const FIRST_SENTENCE = /^[^。！？!?\n]{1,200}?(?=[。！？!?\n]|\.(?:\s|$)|$)/u;
/** Characters of a value that stands first. */
const FIRST_VALUE = 40;
const CONTENT = 0.3;
/** Letters that a part of a compound ("water" of "waterproof") and two forms of one word have at least in common. */
const PART = 4;
const FAMILY = 5;
/** Telling words of an answer that says no more than one thing. */
const FEW = 6;

/** Stands for what the question calls by its name. */
const ENGLISH_PRONOUN = /^(?:it|they|he|she|this|these|that|those|both)(?='|\s)/iu;
/** "Do you …?" "We …" */
const PARTNER = /^(?:we|you|i)(?='|\s)/iu;
const PARTNER_ASKED = /\b(?:you|your|i|my|we|our)\b/iu;
const CHINESE_PRONOUN =
  /^(?:[它他她]们?|其(?![他它中余])|两者|(?:这[个些]?|该\p{Script=Han}{1,3})(?=[是有能可会不在由]))/u;
/** Before a value they say nothing of whose it is. */
const ADVERBS =
  /^(?:(?:大约|大概|约|目前|现在|每[年月天日周]|一般|通常|最多|至少|都|也|均|总共|共|就|只|仅|about|approximately|roughly|around|usually|only|up to|at (?:least|most)|from|on|in|at|by|every|until|for)\s*)+/iu;

const BE = String.raw`(?:(?:is|are|was|were)\b|'s\b|'re\b)\s*`;
const PLACE = new RegExp(
  String.raw`^(?:${BE}|(?:lies|stands?|sits?|can be found|comes?|came)\s+)?(?:(?:located|situated|based|found|held)\s+)?(?:in|at|on|near|from|next to|beside|behind|between|opposite|under)\s+\p{L}|^(?:就|都)?(?:坐落|位于|地处|设在|是?在|于|来自|出生于)\p{Script=Han}`,
  "iu",
);
const REASON =
  /(?:^|\s)(?:because|due to|owing to|since|as a result of|so that)\s|^(?:是|正是)?(?:因为|因|由于|为了|鉴于)/iu;
const PERSON = new RegExp(
  String.raw`^${BE}(?:\w+\s+)?by\s+\p{Lu}|^${BE}\p{Lu}|\b(?:called|named)\s+\p{Lu}|^(?:是|由|叫|名叫)\p{Script=Han}`,
  "u",
);
/** What is asked with a form of "to be" is answered with one; a participle behind it tells what happened instead. */
const IS_ASKED = /^(?:what|which|who|where)(?:'s|(?:\s+\p{L}+){0,2}?\s+(?:is|are|was|were))\b/iu;
const IS = new RegExp(
  String.raw`^${BE}(?!\w+(?:ed|en|ade|uilt|old|rown|orn)\s+(?:in|by|on|from|of|for|to|at)\b)\p{L}`,
  "iu",
);
const OFTEN_ASKED = /\bhow often\b|多久.{0,6}次/u;
const OFTEN = /\b(?:every|once|twice|daily|weekly|monthly|yearly|times (?:a|per))\b|每/iu;
const MODAL = /可|能|会|支持|允许|需要?|必须|不得?|无法/u;

/**
 * An answer that calls the subject of the question "it", or leaves it out as Chinese and short answers do: `filled`: it
 * says what is asked of it; `missed`: it says one other thing; null: neither can be told.
 */
export function slotOf(question: string, answer: string): "filled" | "missed" | null {
  if (question.length > QUESTION_LIMIT || (question.match(/[?？]/gu)?.length ?? 0) > 1) return null;
  const asked = fold(question).trim();
  const told = fold(answer.slice(0, 2 * QUESTION_LIMIT)).trim();
  const [sentence] = FIRST_SENTENCE.exec(told) ?? [];
  if (sentence === undefined) return null;
  const [pronoun] =
    ENGLISH_PRONOUN.exec(sentence) ??
    CHINESE_PRONOUN.exec(sentence) ??
    (PARTNER_ASKED.test(asked) ? PARTNER.exec(sentence) : null) ??
    [];
  const kind = typeOfQuestion(asked);
  if (pronoun === undefined && opensWithSlot(kind, asked, sentence)) return "filled";
  const rest = sentence.slice(pronoun?.length ?? 0).trim();
  const shares = once(() => sharesPredicate(asked, rest));
  if (pronoun !== undefined && (holdsSlot(kind, asked, rest) || shares())) return "filled";
  const isOne = told.length <= sentence.length + 1;
  const isMissed = isOne && missesSlot(kind, asked, rest, pronoun !== undefined);
  return isMissed && !shares() ? "missed" : null;
}

/** Without a subject only what stands first is said of the one asked about. */
function opensWithSlot(kind: Asked, asked: string, sentence: string): boolean {
  switch (kind) {
    case "place":
      return PLACE.test(sentence);
    case "reason":
      return REASON.exec(sentence)?.index === 0;
    case "yes_no":
      return grants(asked, sentence);
    case "number":
    case "time": {
      const [first] = tokenize(sentence.replace(ADVERBS, "").slice(0, FIRST_VALUE));
      return first !== undefined && isAskedFor(first, dimensionsAsked(asked));
    }
    case "person":
    case "manner":
    case "thing":
      return false;
    default:
      return kind satisfies never;
  }
}

/** A time tells when something happened, so it fills the place only beside the word that says what (`sharesPredicate`). */
function holdsSlot(kind: Asked, asked: string, rest: string): boolean {
  switch (kind) {
    case "number": {
      const wanted = dimensionsAsked(asked);
      if (OFTEN_ASKED.test(asked.toLowerCase()) && OFTEN.test(rest)) return true;
      return tokenize(rest).some((token) => isAskedFor(token, wanted));
    }
    case "place":
      return PLACE.test(rest);
    case "reason":
      return REASON.test(rest);
    case "person":
      return PERSON.test(rest);
    case "thing":
      return IS_ASKED.test(asked) && IS.test(rest);
    case "time":
    case "manner":
    case "yes_no":
      return false;
    default:
      return kind satisfies never;
  }
}

/** A few words about "it", or a value, and none is of the kind that is asked for. */
function missesSlot(kind: Asked, asked: string, rest: string, isOfIt: boolean): boolean {
  const tokens = tokenize(rest);
  const values = tokens.filter(({ quantity }) => quantity !== undefined);
  if (tokens.filter(isTelling).length > FEW || !(isOfIt || values.length > 0)) return false;
  if (kind === "place" || kind === "yes_no")
    return isOfIt && suitsQuestion("yes_no", rest, []) === false;
  if (kind !== "number" && kind !== "time") return false;
  const wanted = dimensionsAsked(asked);
  return (
    wanted.size > 0 &&
    !values.some(
      (token) =>
        isAskedFor(token, wanted) || (token === tokens.at(-1) && token.quantity?.dimension === ""),
    )
  );
}

function isAskedFor({ quantity }: Token, wanted: ReadonlySet<string>): boolean {
  if (!quantity) return false;
  return wanted.has(/^[A-Z]{3}$/.test(quantity.dimension) ? "money" : quantity.dimension);
}

/** "It" has taken the subject's place, so a word of the question that is left is of what is asked about it. */
function sharesPredicate(asked: string, rest: string): boolean {
  const said = tokenize(rest).filter(isTelling);
  const words = tokenize(asked).filter(isTelling);
  if (words.some((word) => said.some((other) => areAkin(word, other)))) return true;
  return predicateOf(asked).some((character) => rest.includes(character));
}

function isTelling(token: Token): boolean {
  return token.kind !== "number" && !isStopTerm(token.term) && backgroundWeight(token) >= CONTENT;
}

/** The same word, one that means the same or the opposite, another form of it, or a part of a compound. */
function areAkin({ term: one, kind }: Token, { term: other, kind: otherKind }: Token): boolean {
  if (one === other || synonymsOf(one).includes(other) || antonymsOf(one).includes(other))
    return true;
  if (kind !== "word" || otherKind !== "word") return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < PART) return false;
  const isFamily = short.length >= FAMILY && long.startsWith(short.slice(0, FAMILY));
  return isFamily || long.startsWith(short) || long.endsWith(short);
}

/** 防水 of 手表防水吗; 保 of 保险保什么. */
function predicateOf(asked: string): string[] {
  const [, predicate = ""] = /(\p{Script=Han}{1,2})了?(?:吗|么|什么|多少|几|哪)/u.exec(asked) ?? [];
  return [...predicate].filter((character) => !isStopTerm(character));
}

/** 可以退吗? 都能退换: allowed or not, with the verb that is asked about. */
function grants(asked: string, sentence: string): boolean {
  const verb = predicateOf(asked).at(-1);
  if (verb === undefined || !MODAL.test(asked)) return false;
  const at = sentence.indexOf(verb);
  return at > 0 && MODAL.test(sentence.slice(Math.max(0, at - 3), at));
}

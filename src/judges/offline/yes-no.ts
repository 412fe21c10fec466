import { findDifferences } from "./differences.ts";
import { fold } from "./fold.ts";
import { laySideBySide } from "./lay-side-by-side.ts";
import { piecesOf } from "./pieces.ts";
import { tokenize } from "./tokens.ts";

const YES =
  /^(?:yes|yeah|yep|yup|true|correct|right|indeed|it is|it does|是|是的|对|对的|正确|没错|可以|能|会|有|真|はい|네|예|si|sim|oui|ja|да)$/u;
const NO =
  /^(?:no|nope|false|incorrect|wrong|it is not|it isn't|it does not|it doesn't|不|不是|不对|错|错误|不正确|不可以|不能|不会|没有|否|假|いいえ|아니요|아니오|non|nao|nein|нет)$/u;
const ASKS =
  /^(?:true or false|is it true that|(?:判断|请判断)(?:对错|正误|真假)?)\s*[:：,，]?\s*|^(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|may|must)\s+/iu;
const ENDS = /(?:对吗|是吗|吗|么|呢|是否正确|正确吗)?[?？.。!！\s]*$/u;

/** A longer question asks more than one thing. */
const QUESTION_LIMIT = 400;

/** true: yes, false: no, null: neither alone. */
export function readYesNo(text: string): boolean | null {
  const bare = fold(text)
    .toLowerCase()
    .replace(/[\s.,!。，！"'“”]+$|^[\s"'“”]+/gu, "");
  if (YES.test(bare)) return true;
  return NO.test(bare) ? false : null;
}

/** A yes or no before whatever follows: "Yes, …", "可以，…". */
const FIRST_CLAUSE = /^[^\s,.;!:，。；！：、]+(?=[,.;!:，。；！：、]|$)/u;
/** Asks which, not whether. */
const CHOICE = /\bor\b|还是|或者/iu;

/**
 * How directly an answer replies to a question of yes or no: `whole`: it is the reply and nothing more; `opening`: it
 * begins with it; null: it does not, or the question is no such one or more than one.
 */
export function directReply(question: string, answer: string): "whole" | "opening" | null {
  if (statementOf(question) === null || CHOICE.test(question)) return null;
  if ((question.match(/[?？]/gu)?.length ?? 0) > 1) return null;
  if (readYesNo(answer.slice(0, 100)) !== null && answer.length < 100) return "whole";
  const [first] = FIRST_CLAUSE.exec(answer.slice(0, 100).trimStart()) ?? [];
  return first !== undefined && readYesNo(first) !== null ? "opening" : null;
}

/** What a yes to the question states; null: it cannot be answered with yes or no. */
export function statementOf(question: string): string | null {
  if (question.length > QUESTION_LIMIT) return null;
  const text = fold(question).trim();
  const isOpen = ASKS.test(text) || /(?:吗|么)[?？]?$|是否|有没有|能不能|可不可以|对错/u.test(text);
  if (!isOpen) return null;
  const statement = text
    .replace(ASKS, "")
    .replace(ENDS, "")
    .replace(/是否|有没有|能不能|可不可以/gu, (word) => word.slice(-1));
  return /[\p{L}\p{N}]/u.test(statement) ? statement : null;
}

/** Does the sentence answer yes (true) or no (false) to what the question states? null: it speaks of something else. */
export function stanceOf(sentence: string, statement: string): boolean | null {
  const side = laySideBySide(piecesOf(tokenize(statement)), piecesOf(tokenize(sentence)));
  if (side.likeness < 0.5) return null;
  return !findDifferences(side).some(({ kind }) => kind === "polarity");
}

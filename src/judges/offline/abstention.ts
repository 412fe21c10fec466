import { fold } from "./fold.ts";
import { ABSENCE, REFUSALS } from "./refusals.ts";

/** Words after which an answer goes on ("I'm not sure, but …"). */
const TURN = /\b(?:but|however|nevertheless|that said)\b|但是?|不过|然而/u;
/** A shorter rest ("but sorry") is no answer. */
const REST_LIMIT = 12;
const REASON_LIMIT = 8;

/** Sentences looked at, and characters of each: an answer that says more than this has said something. */
const SENTENCES = 4;
const LENGTH_LIMIT = 600;

/**
 * The answer declines to answer ("I don't know", 无法回答). A longer answer that regrets something in passing, or says
 * "I'm not sure, but …" and goes on, does answer.
 */
export function isAbstention(answer: string): boolean {
  if (answer.length > LENGTH_LIMIT) return false;
  const text = fold(answer).toLowerCase().trim();
  const sentences = text.split(/[.!?。！？;；\n]+/).filter((sentence) => sentence.trim() !== "");
  if (sentences.length === 0 || sentences.length > SENTENCES) return false;
  if (sentences.some(goesOn)) return false;
  const declined = sentences.map(declines);
  // The first refusal stands for the answer; what follows may apologise or explain, but not state facts at length.
  return (
    declined[0] === true ||
    (declined.includes(true) && sentences.length <= 2 && isCourtesy(sentences[0] ?? ""))
  );
}

/** Does the sentence say that the texts do not tell something? Beside statements it is none itself. */
export function isAbsence(sentence: string): boolean {
  if (sentence.length > LENGTH_LIMIT / 2) return false;
  const text = fold(sentence).toLowerCase().trim();
  return ABSENCE.some((pattern) => pattern.test(text)) && !goesOn(text);
}

function declines(sentence: string): boolean {
  const text = sentence.trim();
  return (
    REFUSALS.some((pattern) => pattern.test(text)) || ABSENCE.some((pattern) => pattern.test(text))
  );
}

function goesOn(sentence: string): boolean {
  if (/^\s*(?:while|although|though|虽然|尽管)/u.test(sentence)) {
    const rest = sentence.slice(sentence.search(/[,，]/) + 1);
    return rest.length >= REST_LIMIT && !declines(rest);
  }
  const turn = TURN.exec(sentence);
  if (!turn) return givesReason(sentence);
  const rest = sentence.slice(turn.index + turn[0].length).replace(/^[\s,，]+/, "");
  return rest.length >= REST_LIMIT && !declines(rest);
}

/** 无法回答，因为作者没有写过这本书: the reason is a statement of its own. */
function givesReason(sentence: string): boolean {
  const clauses = sentence.split(/[,，]/);
  const refusal = clauses.findIndex(declines);
  if (refusal < 0 || !/\p{Script=Han}/u.test(sentence)) return false;
  return clauses
    .slice(refusal + 1)
    .some(
      (clause) =>
        clause.length >= REASON_LIMIT &&
        !declines(clause) &&
        !/请|建议|如果|如需|欢迎/u.test(clause),
    );
}

function isCourtesy(sentence: string): boolean {
  return (
    sentence.length <= 40 &&
    /sorry|apolog|thank|hello|hi\b|您好|你好|感谢|抱歉|对不起/.test(sentence)
  );
}

import { fold } from "./fold.ts";

const DECLINES: readonly RegExp[] = [
  /\bi (?:do not|don't|can't|cannot|could not|couldn't|am unable to|'m unable to|am not able to) (?:really )?(?:know|answer|find|say|tell|provide|determine|give|confirm|have (?:any |enough |sufficient |access|the )|help)/u,
  /\bi(?:'m| am) (?:not sure|unsure)(?:$|,| (?:what|who|when|where|how|why|which|if|whether|about)\b)|\bi(?:'m| am) (?:unable|afraid i|not aware|sorry, (?:but )?i)\b/u,
  /\b(?:unable|not able|impossible) to (?:answer|find|determine|provide|say|confirm|give)\b/u,
  /\b(?:there is |there's )?(?:no|not enough|insufficient|no sufficient|no relevant) (?:information|evidence|data|context|answer|mention)\b/u,
  /\b(?:context|contexts|passages?|documents?|text|texts|sources?|article|information provided|provided information|knowledge base) (?:above )?(?:do|does|did|is|are)(?: not|n't)(?: explicitly| directly)? (?:contain|mention|provide|say|state|specify|include|enough|sufficient|answer|address|discuss|give)/u,
  /\b(?:not|isn't|aren't|never) (?:mentioned|provided|specified|stated|given|found|available|discussed|answered) in (?:the|this|these|any)\b/u,
  /\bcan(?:not|'t| not) be (?:answered|determined|found)\b/u,
  /^(?:unknown|n\/a|no answer|unanswerable|i don't know|not sure$|no idea$|sorry$)/u,
  /无法(?:回答|确定|得知|提供答案|给出(?:答案|回答)|从.{0,12}(?:得知|确定|得出|找到)|根据.{0,20}(?:回答|确定|判断)|找到)|不能(?:回答|确定)|我(?:也|并)?(?:不知道|不清楚|不确定|不了解|不太清楚)|^不(?:知道|清楚|确定)|(?:上下文|文中|原文|文档|文章|资料|材料|内容|信息|知识库|片段)(?:里|中|内)?(?:并|也|均)?(?:没有|未|不)(?:找到|提到|提及|提供|说明|给出|涉及|包含|明确|足以|足够)|没有(?:找到|足够|任何)(?:的|相关)*(?:信息|资料|内容|答案|依据)|(?:信息|资料)不足|暂无(?:相关)?(?:信息|资料|数据|答案)|^(?:很?抱歉|对不起)|恕我/u,
];

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

function declines(sentence: string): boolean {
  return DECLINES.some((pattern) => pattern.test(sentence.trim()));
}

function goesOn(sentence: string): boolean {
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

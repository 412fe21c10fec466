import type { Criterion, UsefulFor } from "../../../scoring/judge.ts";
import { said } from "../../../words/said.ts";
import {
  type Claim,
  drawControls,
  holdControls,
  labelClaims,
  type NumberedSentence,
} from "./control-claims.ts";
import { createFence, neutralise, neutralLines } from "./fence.ts";
import { labelCriteria } from "./label-criteria.ts";
import { chooseLanguage, PROMPTS } from "./prompts.ts";
import type { Question } from "./question.ts";
import {
  CheckItem,
  criterionId,
  readCheck,
  readRelevance,
  readUseful,
  relevanceId,
  usefulnessId,
} from "./read-checks.ts";
import { entriesIn, fieldOf, readById, readId } from "./read-fields.ts";
import {
  ANSWERABLE,
  checksPart,
  composeReply,
  criteriaPart,
  relevancePart,
  usefulPart,
} from "./reply-parts.ts";

export interface CheckInput {
  question: string;
  /** Sentences of the passages of this call, in order. */
  sentences: readonly NumberedSentence[];
  claims: readonly Claim[];
  wantsRelevance: boolean;
  /** Was each passage useful for these texts? Absent: not asked. */
  usefulness?: readonly UsefulFor[];
  /** Judged on the answer; its text is shown only when there are any. */
  criteria: readonly Criterion[];
  answer: string;
  reference: string | null;
}

/** Claims against numbered passages; with it, where asked, relevance of the passages and the user's criteria. */
export function askToCheck(input: CheckInput, drawHex: () => string): Question<CheckItem> {
  const { question, sentences, claims, criteria } = input;
  const language = chooseLanguage(`${question}\n${claims.map((claim) => claim.text).join("\n")}`);
  const prompts = PROMPTS[language];
  const passages = [...new Set(sentences.map(({ passage }) => passage))];
  const useful = input.usefulness ?? [];
  const answer = criteria.length > 0 || useful.includes("answer") ? input.answer : null;
  const reference = useful.includes("reference") ? input.reference : null;
  return {
    title: said(claims.length > 0 ? "task_check" : "task_judge_passages"),
    input: [
      "check",
      language,
      question,
      sentences,
      claims,
      input.wantsRelevance,
      useful,
      criteria,
      answer,
      reference,
    ],
    ids: [
      ...claims.map((claim) => claim.id),
      ...(input.wantsRelevance ? [...passages.map(relevanceId), "answerable"] : []),
      ...(useful.length > 0 ? passages.map(usefulnessId) : []),
      ...criteria.map((_, index) => criterionId(index)),
    ],
    hasControls: sentences.length > 0 || criteria.length > 0,
    item: CheckItem,
    attempt(pending) {
      const hex = drawHex();
      const fence = createFence(hex);
      const asked = new Set(pending);
      const rated = passages.filter((passage) => asked.has(relevanceId(passage)));
      const open = criteria
        .map((criterion, index) => ({ id: criterionId(index), criterion }))
        .filter(({ id }) => asked.has(id));
      const own = labelCriteria(open, language, hex);
      const toUse = passages.filter((passage) => asked.has(usefulnessId(passage)));
      const showsAnswer = open.length > 0 || (toUse.length > 0 && useful.includes("answer"));
      const hasPassages = sentences.length > 0;
      const labelled = labelClaims(
        claims.filter((claim) => asked.has(claim.id)),
        hasPassages ? drawControls(sentences, language, hex) : [],
        hex,
      );
      const hasRelevance = rated.length > 0 || asked.has("answerable");
      const wanted = [
        labelled.labels.join(" "),
        ...(rated.length > 0 ? [`relevance ${rated.map((passage) => passage + 1).join(" ")}`] : []),
        ...(asked.has("answerable") ? ["answerable"] : []),
        ...(toUse.length > 0 ? [`useful ${toUse.map((passage) => passage + 1).join(" ")}`] : []),
        ...(open.length > 0 ? [`criteria ${own.labels.join(" ")}`] : []),
      ];
      return {
        prompt: {
          task: "check_passages",
          system: [
            ...(hasPassages ? [prompts.checkPassages] : []),
            ...(hasRelevance ? [prompts.relevance] : []),
            ...(toUse.length > 0
              ? useful.map((text) =>
                  text === "reference" ? prompts.usefulForReference : prompts.usefulForAnswer,
                )
              : []),
            ...(open.length > 0 ? [prompts.criteria] : []),
            prompts.data,
          ].join("\n"),
          user: [
            fence.frame("QUESTION", neutralLines(question)),
            ...(hasPassages ? [fence.frame("PASSAGES", sentences.map(numberedLine))] : []),
            ...(showsAnswer ? [fence.frame("ANSWER", neutralLines(input.answer))] : []),
            ...(toUse.length > 0 && reference !== null
              ? [fence.frame("REFERENCE", neutralLines(reference))]
              : []),
            ...(open.length > 0 ? [fence.frame("CRITERIA", own.lines)] : []),
            ...(hasPassages ? [fence.frame("CLAIMS", labelled.lines)] : []),
            `${prompts.answerFor} ${wanted.filter(Boolean).join("; ")}`,
          ].join("\n"),
          ...composeReply(
            {
              checks: hasPassages && checksPart(labelled.labels),
              relevance: rated.length > 0 && relevancePart(rated),
              answerable: asked.has("answerable") && ANSWERABLE,
              useful: toUse.length > 0 && usefulPart(toUse, useful),
              criteria: open.length > 0 && criteriaPart(own.labels),
            },
            prompts.jsonOnly,
          ),
          replyTokens: 1_000 + 80 * pending.length,
        },
        read(reply) {
          const checked = readById(
            entriesIn(reply, "checks", "id"),
            (entry) => readId(fieldOf(entry, "id"), "c"),
            (entry) => readCheck(entry, sentences),
          );
          const items = new Map<string, CheckItem>();
          for (const [label, id] of labelled.claimOf) {
            const check = checked.get(label);
            if (check) items.set(id, check);
          }
          readRelevance(reply, items);
          readUseful(reply, useful, items);
          const levels = own.read(reply);
          for (const [id, item] of levels.items) items.set(id, item);
          const claimsHeld = holdControls(labelled.controlOf, checked, sentences);
          return { controlsHeld: levels.areHeld && claimsHeld, items };
        },
      };
    },
  };
}

function numberedLine({ passage, sentence, text: words }: NumberedSentence): string {
  return `[${passage + 1}.${sentence + 1}] ${neutralise(words)}`;
}

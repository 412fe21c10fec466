import type { Criterion, Needs } from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { numberedLine, usefulTexts } from "./check-passages.ts";
import { drawControls, holdControls, type NumberedSentence } from "./controls.ts";
import { type Enquiry, fieldOf, listIn, readById, readId } from "./enquiry.ts";
import { createFence, neutralise, neutralLines } from "./fence.ts";
import { drawKnownComparisons } from "./known-comparisons.ts";
import { labelClaims } from "./label-claims.ts";
import { labelCriteria } from "./label-criteria.ts";
import { chooseLanguage, PROMPTS } from "./prompts.ts";
import { readCheck } from "./read-checks.ts";
import { readSingle, SingleItem } from "./read-single.ts";
import {
  ABSTAINS,
  ANSWERABLE,
  BARE_CHECKS,
  CHECKS,
  CRITERIA,
  composeReply,
  RELEVANCE,
  sentencesPart,
  TEXTS,
  usefulPart,
} from "./reply-parts.ts";
import { sentenceText } from "./split-text.ts";

export interface SingleInput {
  sample: CutSample;
  needs: Needs;
  /** Sentences of all passages; none when no claim is checked against them. */
  sentences: readonly NumberedSentence[];
  wantsQuestions: boolean;
  criteria: readonly Criterion[];
}

/** Splits and checks in one call: half the waiting, at the price of one judge doing everything at once. */
export function singleEnquiry(input: SingleInput, drawHex: () => string): Enquiry<SingleItem> {
  const { sample, needs, sentences, criteria } = input;
  const { question, answer, reference } = sample;
  const language = chooseLanguage(`${question}\n${answer.text}`);
  const prompts = PROMPTS[language];
  const passages = [...new Set(sentences.map(({ passage }) => passage))];
  const wants = {
    reference: reference !== null && needs.referenceClaims,
    answerOther: needs.answerAgainstReference && reference !== null,
    referenceOther: needs.referenceAgainstAnswer,
    answerCheck: needs.answerAgainstPassages && sentences.length > 0,
    referenceCheck: needs.referenceAgainstPassages && sentences.length > 0,
    relevance: needs.passageRelevance && sentences.length > 0,
    useful: sentences.length > 0 ? (needs.usefulness ?? []) : [],
  };
  const showsReference = wants.reference || wants.useful.includes("reference");
  const referenceIds = wants.reference && reference ? idsOf("r", reference) : [];
  return {
    title: "judging everything in one call",
    input: [
      "single",
      language,
      sample,
      wants,
      input.wantsQuestions,
      needs.referenceEntities,
      criteria,
    ],
    ids: [
      ...idsOf("s", answer),
      ...referenceIds,
      "abstains",
      ...(input.wantsQuestions ? ["questions"] : []),
      ...(needs.referenceEntities && reference ? ["entities"] : []),
      ...(wants.relevance ? [...passages.map((passage) => `p${passage + 1}`), "answerable"] : []),
      ...(wants.useful.length > 0 ? passages.map((passage) => `u${passage + 1}`) : []),
      ...criteria.map((_, index) => `k${index + 1}`),
    ],
    item: SingleItem,
    isWhole: (item) =>
      !("checked" in item) ||
      item.checked.every(({ check, other, onTopic }) => {
        const isAnswer = onTopic !== null;
        const needsCheck = isAnswer ? wants.answerCheck : wants.referenceCheck;
        const needsOther = isAnswer ? wants.answerOther : wants.referenceOther;
        return (check !== null || !needsCheck) && (other !== null || !needsOther);
      }),
    attempt(pending, isLast) {
      const hex = drawHex();
      const fence = createFence(hex);
      const asked = new Set(pending);
      const open = criteria.map((_, index) => `k${index + 1}`).filter((id) => asked.has(id));
      const own = labelCriteria(open, criteria, prompts, language, hex);
      const rated = passages.filter((passage) => asked.has(`p${passage + 1}`));
      const toUse = passages.filter((passage) => asked.has(`u${passage + 1}`));
      const hasPassages = sentences.length > 0;
      const labelled = labelClaims(
        [],
        hasPassages ? drawControls(sentences, language, hex) : [],
        hex,
      );
      const compared = drawKnownComparisons(
        [
          ...(wants.answerOther && reference ? [{ target: "REFERENCE", cut: reference }] : []),
          ...(wants.referenceOther ? [{ target: "ANSWER", cut: answer }] : []),
        ],
        language,
        drawHex,
        labelled.labels.length + 1,
      );
      return {
        prompt: {
          task: "single_round",
          system: [
            prompts.splitAnswer,
            ...(hasPassages ? [prompts.single] : []),
            ...(wants.reference ? [prompts.singleOther] : []),
            ...(compared.labels.length > 0 ? [prompts.singleKnown] : []),
            ...(asked.has("questions") ? [prompts.reverseQuestions] : []),
            ...(asked.has("entities") ? [prompts.entities] : []),
            ...(rated.length > 0 || asked.has("answerable") ? [prompts.relevance] : []),
            ...(toUse.length > 0 ? usefulTexts(prompts, wants.useful) : []),
            ...(open.length > 0 ? [prompts.criteria] : []),
            prompts.data,
          ].join("\n"),
          user: [
            fence.frame("QUESTION", neutralLines(question)),
            fence.frame("ANSWER", linesOf("s", answer)),
            ...(showsReference && reference
              ? [fence.frame("REFERENCE", linesOf("r", reference))]
              : []),
            ...(hasPassages ? [fence.frame("PASSAGES", sentences.map(numberedLine))] : []),
            ...(hasPassages ? [fence.frame("CLAIMS", labelled.lines)] : []),
            ...compared.frames.map(({ name, lines }) => fence.frame(name, lines)),
            ...(open.length > 0 ? [fence.frame("CRITERIA", own.lines)] : []),
            `${prompts.answerFor} ${wantedLine(pending, {
              labels: [...labelled.labels, ...compared.labels],
              relevance: rated,
              useful: toUse,
              criteria: own.labels,
            })}`,
          ].join("\n"),
          ...composeReply(
            {
              answer: sentencesPart("s1", {
                onTopic: true,
                check: hasPassages,
                other: wants.answerOther,
              }),
              reference:
                wants.reference &&
                sentencesPart("r1", { check: hasPassages, other: wants.referenceOther }),
              checks: hasPassages && CHECKS,
              others: compared.labels.length > 0 && BARE_CHECKS,
              abstains: asked.has("abstains") && ABSTAINS,
              questions: asked.has("questions") && TEXTS,
              entities: asked.has("entities") && TEXTS,
              relevance: rated.length > 0 && RELEVANCE,
              answerable: asked.has("answerable") && ANSWERABLE,
              useful: toUse.length > 0 && usefulPart(wants.useful),
              criteria: open.length > 0 && CRITERIA,
            },
            prompts.jsonOnly,
          ),
          replyTokens: 3_000 + 150 * pending.length,
        },
        read(reply) {
          const items = readSingle(reply, { ...wants, isLast }, sample, sentences);
          const levels = own.read(reply);
          for (const [id, item] of levels.items) items.set(id, item);
          const checked = readById(
            listIn(reply, "checks"),
            (entry) => readId(fieldOf(entry, "id"), "c"),
            (entry) => readCheck(entry, sentences),
          );
          const areClaimsHeld = holdControls(labelled.controlOf, checked, sentences);
          const controlsHeld = areClaimsHeld && levels.areHeld && compared.areHeld(reply);
          return { controlsHeld, items };
        },
      };
    },
  };
}

function idsOf(letter: string, cut: CutText): string[] {
  return cut.sentences.map((_, index) => `${letter}${index + 1}`);
}

function linesOf(letter: string, cut: CutText): string[] {
  return cut.sentences.map(
    (_, index) => `[${letter}${index + 1}] ${neutralise(sentenceText(cut, index))}`,
  );
}

function wantedLine(
  pending: readonly string[],
  asked: {
    labels: readonly string[];
    relevance: readonly number[];
    useful: readonly number[];
    criteria: readonly string[];
  },
): string {
  const plain = pending.filter((id) => !/^[pku]\d+$/.test(id));
  const ranks = (passages: readonly number[]) => passages.map((passage) => passage + 1).join(" ");
  return [
    [...plain, ...asked.labels].join(" "),
    ...(asked.relevance.length > 0 ? [`relevance ${ranks(asked.relevance)}`] : []),
    ...(asked.useful.length > 0 ? [`useful ${ranks(asked.useful)}`] : []),
    ...(asked.criteria.length > 0 ? [`criteria ${asked.criteria.join(" ")}`] : []),
  ].join("; ");
}

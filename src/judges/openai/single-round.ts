import * as z from "zod";
import type { Criterion, Needs } from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { criterionLine, numberedLine } from "./check-passages.ts";
import { drawControls, isAsExpected, type NumberedSentence, provesCopy } from "./controls.ts";
import { type Enquiry, fieldOf, listIn, readById, readId } from "./enquiry.ts";
import { createFence, neutralise, neutralLines } from "./fence.ts";
import { labelClaims } from "./label-claims.ts";
import { chooseLanguage, PROMPTS } from "./prompts.ts";
import { CheckedClaim, CheckItem, readCheck, readCriteria, readRelevance } from "./read-checks.ts";
import {
  flag,
  integer,
  type JsonSchema,
  list,
  object,
  oneOf,
  text,
  verdict,
} from "./reply-schema.ts";
import { readClaims, readExtras, SplitItem, sentenceText } from "./split-text.ts";
import { readVerdict } from "./verdict-words.ts";

const Verdict = z.enum(["supported", "contradicted", "unsupported"]);
const CheckedSentence = z.object({
  checked: z.array(
    z.object({
      text: z.string(),
      onTopic: z.boolean().nullable(),
      /** null: not asked, or failed. */
      check: CheckedClaim.nullable(),
      other: Verdict.nullable(),
    }),
  ),
});
export type CheckedSentence = z.infer<typeof CheckedSentence>;
export const SingleItem = z.union([CheckedSentence, SplitItem, CheckItem]);
export type SingleItem = z.infer<typeof SingleItem>;

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
  };
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
      const rated = passages.filter((passage) => asked.has(`p${passage + 1}`));
      const hasPassages = sentences.length > 0;
      const labelled = labelClaims(
        [],
        hasPassages ? drawControls(sentences, language, hex) : [],
        hex,
      );
      const check = hasPassages ? CHECK_FIELDS : {};
      const shape = shapeOf(asked, rated.length > 0, open.length > 0, wants, hasPassages);
      return {
        prompt: {
          task: "single_round",
          system: [
            prompts.splitAnswer,
            ...(hasPassages ? [prompts.single] : []),
            ...(wants.reference ? [prompts.singleOther] : []),
            ...(asked.has("questions") ? [prompts.reverseQuestions] : []),
            ...(asked.has("entities") ? [prompts.entities] : []),
            ...(rated.length > 0 || asked.has("answerable") ? [prompts.relevance] : []),
            ...(open.length > 0 ? [prompts.criteria] : []),
            prompts.data,
          ].join("\n"),
          user: [
            fence.frame("QUESTION", neutralLines(question)),
            fence.frame("ANSWER", linesOf("s", answer)),
            ...(wants.reference && reference
              ? [fence.frame("REFERENCE", linesOf("r", reference))]
              : []),
            ...(hasPassages ? [fence.frame("PASSAGES", sentences.map(numberedLine))] : []),
            ...(hasPassages ? [fence.frame("CLAIMS", labelled.lines)] : []),
            ...(open.length > 0
              ? [
                  fence.frame(
                    "CRITERIA",
                    open.map((id) => criterionLine(id, criteria)),
                  ),
                ]
              : []),
            `${prompts.answerFor} ${wantedLine(pending, labelled.labels, rated, open)}`,
          ].join("\n"),
          schema: object({
            answer: list(
              object({
                id: text,
                claims: list(
                  object({
                    text,
                    on_topic: flag,
                    ...check,
                    ...(wants.answerOther ? { other: verdict } : {}),
                  }),
                ),
              }),
            ),
            ...(wants.reference
              ? {
                  reference: list(
                    object({
                      id: text,
                      claims: list(
                        object({
                          text,
                          ...check,
                          ...(wants.referenceOther ? { other: verdict } : {}),
                        }),
                      ),
                    }),
                  ),
                }
              : {}),
            ...(hasPassages ? { checks: list(object({ id: text, ...CHECK_FIELDS })) } : {}),
            ...extraSchema(asked, rated.length > 0, open.length > 0),
          }),
          shape: `${prompts.jsonOnly} ${shape}`,
          replyTokens: 3_000 + 150 * pending.length,
        },
        read(reply) {
          const items = new Map<string, SingleItem>();
          const read = (isAnswer: boolean) =>
            readById(
              listIn(reply, isAnswer ? "answer" : "reference"),
              (entry) => readId(fieldOf(entry, "id")),
              (entry) =>
                readSentence(entry, isAnswer, sentences, {
                  check: isAnswer ? wants.answerCheck : wants.referenceCheck,
                  other: isAnswer ? wants.answerOther : wants.referenceOther,
                  isLast,
                }),
            );
          for (const [id, item] of read(true)) if (id.startsWith("s")) items.set(id, item);
          for (const [id, item] of read(false)) if (id.startsWith("r")) items.set(id, item);
          readOthers(reply, reference?.text ?? "", criteria, items);
          const checked = readById(
            listIn(reply, "checks"),
            (entry) => readId(fieldOf(entry, "id")),
            (entry) => readCheck(entry, sentences),
          );
          const controlsHeld = [...labelled.controlOf].every(([label, control]) => {
            const found = checked.get(label);
            if (!found || !isAsExpected(control, found.verdict)) return false;
            return control.kind === "invented" || provesCopy(control, found.evidence, sentences);
          });
          return { controlsHeld, items };
        },
      };
    },
  };
}

const CHECK_FIELDS: Record<string, JsonSchema> = { verdict, evidence: list(text), jointly: flag };

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
  labels: readonly string[],
  rated: readonly number[],
  open: readonly string[],
): string {
  const plain = pending.filter((id) => !/^[pk]\d+$/.test(id));
  return [
    [...plain, ...labels].join(" "),
    ...(rated.length > 0 ? [`relevance ${rated.map((passage) => passage + 1).join(" ")}`] : []),
    ...(open.length > 0 ? [`criteria ${open.join(" ")}`] : []),
  ].join("; ");
}

function extraSchema(
  asked: ReadonlySet<string>,
  hasRelevance: boolean,
  hasCriteria: boolean,
): Record<string, JsonSchema> {
  return {
    ...(asked.has("abstains") ? { abstains: flag } : {}),
    ...(asked.has("questions") ? { questions: list(text) } : {}),
    ...(asked.has("entities") ? { entities: list(text) } : {}),
    ...(hasRelevance
      ? { relevance: list(object({ passage: integer, score: oneOf(0, 1, 2) })) }
      : {}),
    ...(asked.has("answerable") ? { answerable: oneOf("full", "partial", "none") } : {}),
    ...(hasCriteria ? { criteria: list(object({ id: text, value: text })) } : {}),
  };
}

function shapeOf(
  asked: ReadonlySet<string>,
  hasRelevance: boolean,
  hasCriteria: boolean,
  wants: { reference: boolean; answerOther: boolean; referenceOther: boolean },
  hasPassages: boolean,
): string {
  const check = hasPassages ? { verdict: "supported", evidence: ["2.3"], jointly: false } : {};
  const other = { other: "unsupported" };
  const answer = { text: "…", on_topic: true, ...check, ...(wants.answerOther ? other : {}) };
  const reference = { text: "…", ...check, ...(wants.referenceOther ? other : {}) };
  return JSON.stringify({
    answer: [{ id: "s1", claims: [answer] }],
    ...(wants.reference ? { reference: [{ id: "r1", claims: [reference] }] } : {}),
    ...(hasPassages ? { checks: [{ id: "c1", ...check }] } : {}),
    ...(asked.has("abstains") ? { abstains: false } : {}),
    ...(asked.has("questions") ? { questions: ["…"] } : {}),
    ...(asked.has("entities") ? { entities: ["…"] } : {}),
    ...(hasRelevance ? { relevance: [{ passage: 1, score: 2 }] } : {}),
    ...(asked.has("answerable") ? { answerable: "partial" } : {}),
    ...(hasCriteria ? { criteria: [{ id: "k1", value: "yes" }] } : {}),
  });
}

/** A sentence's claims with their verdicts. Before the last try, one bad verdict asks for the sentence again. */
function readSentence(
  entry: unknown,
  isAnswer: boolean,
  sentences: readonly NumberedSentence[],
  wants: { check: boolean; other: boolean; isLast: boolean },
): CheckedSentence | null {
  const split = readClaims(entry, isAnswer);
  if (!split) return null;
  const raw = listIn(entry, "claims");
  const checked = split.claims.map((claim, index) => ({
    ...claim,
    check: wants.check ? readCheck(raw[index], sentences) : null,
    other: wants.other ? readVerdict(fieldOf(raw[index], "other")) : null,
  }));
  const isWhole = checked.every(
    ({ check, other }) => (check !== null || !wants.check) && (other !== null || !wants.other),
  );
  return isWhole || wants.isLast ? { checked } : null;
}

function readOthers(
  reply: unknown,
  reference: string,
  criteria: readonly Criterion[],
  items: Map<string, SingleItem>,
): void {
  const split = new Map<string, SplitItem>();
  const checks = new Map<string, CheckItem>();
  readExtras(reply, reference, split);
  readRelevance(reply, checks);
  readCriteria(reply, criteria, checks);
  for (const [id, item] of [...split, ...checks]) items.set(id, item);
}

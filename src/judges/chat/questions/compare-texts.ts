import * as z from "zod";
import { said } from "../../../words/said.ts";
import {
  type Claim,
  drawControls,
  isAsExpected,
  labelClaims,
  type NumberedSentence,
} from "./control-claims.ts";
import { createFence, neutralise, neutralLines } from "./fence.ts";
import { chooseLanguage, PROMPTS, type PromptLanguage } from "./prompts.ts";
import { type Question, tagged } from "./question.ts";
import { entriesIn, fieldOf, readById, readId } from "./read-fields.ts";
import { bareChecksPart, composeReply } from "./reply-parts.ts";
import { readVerdict, VERDICTS } from "./verdict-words.ts";

export const ComparedClaim = tagged("claim", { verdict: z.enum(VERDICTS) });
export type ComparedClaim = z.infer<typeof ComparedClaim>;

/** Claims of one text and the other text they are compared with. */
export interface Comparison {
  /** The text that may support the claims. */
  target: "REFERENCE" | "ANSWER";
  sentences: readonly string[];
  claims: readonly Claim[];
}

/** Answer claims against the reference and reference claims against the answer, in one call. */
export function askToCompare(
  question: string,
  comparisons: readonly Comparison[],
  drawHex: () => string,
): Question<ComparedClaim> {
  const claims = comparisons.flatMap((comparison) => comparison.claims);
  const language = chooseLanguage(`${question}\n${claims.map((claim) => claim.text).join("\n")}`);
  const prompts = PROMPTS[language];
  return {
    title: said("task_compare"),
    input: ["cross", language, question, comparisons],
    ids: claims.map((claim) => claim.id),
    hasControls: true,
    item: ComparedClaim,
    attempt(pending) {
      const fence = createFence(drawHex());
      const asked = new Set(pending);
      const parts = label(comparisons, asked, language, drawHex);
      const labels = parts.flatMap(({ labelled }) => labelled.labels);
      return {
        prompt: {
          task: "cross_check",
          system: `${prompts.crossCheck}\n${prompts.data}`,
          user: [
            fence.frame("QUESTION", neutralLines(question)),
            ...parts.flatMap(({ comparison, labelled }) => [
              fence.frame(comparison.target, comparison.sentences.map(neutralise)),
              fence.frame(`CLAIMS_FOR_${comparison.target}`, labelled.lines),
            ]),
            `${prompts.answerFor} ${labels.join(" ")}`,
          ].join("\n"),
          ...composeReply({ checks: bareChecksPart(labels) }, prompts.jsonOnly),
          replyTokens: 1_000 + 40 * pending.length,
        },
        read(reply) {
          const verdicts = readById(
            entriesIn(reply, "checks", "id"),
            (entry) => readId(fieldOf(entry, "id"), "c"),
            (entry) => readVerdict(fieldOf(entry, "verdict")),
          );
          const items = new Map<string, ComparedClaim>();
          for (const { labelled } of parts) {
            for (const [name, id] of labelled.claimOf) {
              const verdict = verdicts.get(name);
              if (verdict) items.set(id, { kind: "claim", verdict });
            }
          }
          const controlsHeld = parts.every(({ labelled }) =>
            [...labelled.controlOf].every(([name, control]) =>
              isAsExpected(control, verdicts.get(name) ?? null),
            ),
          );
          return { controlsHeld, items };
        },
      };
    },
  };
}

/** The claims still open, direction by direction, each with control claims of its own text. */
function label(
  comparisons: readonly Comparison[],
  asked: ReadonlySet<string>,
  language: PromptLanguage,
  drawHex: () => string,
) {
  let next = 1;
  return comparisons.flatMap((comparison) => {
    const open = comparison.claims.filter((claim) => asked.has(claim.id));
    if (open.length === 0) return [];
    const hex = drawHex();
    const numbered: NumberedSentence[] = comparison.sentences.map((words, sentence) => ({
      passage: 0,
      sentence,
      text: words,
    }));
    const labelled = labelClaims(open, drawControls(numbered, language, hex), hex, next);
    next += labelled.labels.length;
    return [{ comparison, labelled }];
  });
}

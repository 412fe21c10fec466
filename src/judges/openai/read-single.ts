import * as z from "zod";
import type { UsefulFor } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import type { NumberedSentence } from "./controls.ts";
import { fieldOf, listIn, readById, readId } from "./enquiry.ts";
import { CheckedClaim, CheckItem, readCheck, readRelevance, readUseful } from "./read-checks.ts";
import { readClaims, readExtras, SplitItem } from "./split-text.ts";
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

/** Which verdicts each claim must carry. */
export interface SingleWants {
  answerCheck: boolean;
  answerOther: boolean;
  referenceCheck: boolean;
  referenceOther: boolean;
  useful: readonly UsefulFor[];
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

/** Everything valid in a reply of the single plan, by id. */
export function readSingle(
  reply: unknown,
  wants: SingleWants & { isLast: boolean },
  sample: CutSample,
  sentences: readonly NumberedSentence[],
): Map<string, SingleItem> {
  const items = new Map<string, SingleItem>();
  const read = (isAnswer: boolean) =>
    readById(
      listIn(reply, isAnswer ? "answer" : "reference"),
      (entry) => readId(fieldOf(entry, "id"), isAnswer ? "s" : "r"),
      (entry) =>
        readSentence(entry, isAnswer, sentences, {
          check: isAnswer ? wants.answerCheck : wants.referenceCheck,
          other: isAnswer ? wants.answerOther : wants.referenceOther,
          isLast: wants.isLast,
        }),
    );
  for (const [id, item] of read(true)) if (id.startsWith("s")) items.set(id, item);
  for (const [id, item] of read(false)) if (id.startsWith("r")) items.set(id, item);
  readOthers(reply, sample.reference?.text ?? "", wants.useful, items);
  return items;
}

function readOthers(
  reply: unknown,
  reference: string,
  useful: readonly UsefulFor[],
  items: Map<string, SingleItem>,
): void {
  const split = new Map<string, SplitItem>();
  const checks = new Map<string, CheckItem>();
  readExtras(reply, reference, split);
  readRelevance(reply, checks);
  readUseful(reply, useful, checks);
  for (const [id, item] of [...split, ...checks]) items.set(id, item);
}

import type { LeftOut } from "../../contract/report.ts";
import type { Evidence, EvidenceClaim } from "../../scoring/evidence.ts";
import type { CutText } from "../../scoring/sample.ts";

/**
 * The beginning of a long sample's evidence: at most `most` sentences of each text and `most` claims of answer and of
 * reference. Offsets stay those of the whole texts; a claim may rest on a sentence that is left out. null: nothing is.
 */
export function partOfEvidence(
  evidence: Evidence,
  most: number,
): { evidence: Evidence; more: LeftOut | null } {
  const more: LeftOut = { claims: 0, characters: 0 };
  const cut = <T extends CutText>(whole: T): T => {
    if (whole.sentences.length <= most) return whole;
    const sentences = whole.sentences.slice(0, most);
    const text = whole.text.slice(0, sentences.at(-1)?.end ?? 0);
    more.characters += whole.text.length - text.length;
    return { ...whole, text, sentences };
  };
  const counts = { answer: 0, reference: 0 };
  const isKept = ({ of, sentence }: EvidenceClaim): boolean => {
    counts[of]++;
    if (counts[of] <= most && sentence < most) return true;
    more.claims++;
    return false;
  };
  const { answer, passages, reference, claims } = evidence;
  const part = {
    ...evidence,
    answer: cut(answer),
    passages: passages?.map(cut) ?? null,
    reference: reference && cut(reference),
    claims: claims.filter(isKept),
  };
  return { evidence: part, more: more.claims + more.characters === 0 ? null : more };
}

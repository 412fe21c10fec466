import { Show } from "solid-js";
import type { Evidence } from "../../../src/scoring/evidence.ts";
import { readDifference } from "../../../src/scoring/read-difference.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import type { Problems } from "./problems.ts";

/** What is wrong with the sample in one sentence, with the very words that decide. */
export function DiagnosisLine(props: { evidence: Evidence; problems: Problems }) {
  const more = () => props.problems.claims.length - 1;
  return (
    <Show
      when={sentenceOf(props.evidence, props.problems)}
      fallback={
        <p class="text-lg leading-snug font-medium text-good">
          {props.evidence.small_talk ? t().reasons.small_talk : t().diagnosis.fine}
        </p>
      }
    >
      {(sentence) => (
        <p
          class={`text-lg leading-snug font-medium break-words ${props.evidence.cause === null ? "text-warn" : "text-bad"}`}
          data-diagnosis
        >
          {sentence()}
          <Show when={more() > 0}>
            <span class="text-sm font-normal text-faint">
              {" "}
              {t().diagnosis.more(formatCount(more()))}
            </span>
          </Show>
        </p>
      )}
    </Show>
  );
}

const MOST_QUOTED = 80;

function sentenceOf(evidence: Evidence, { claims, diagnoses }: Problems): string | null {
  const words = t().diagnosis;
  const [claim] = claims;
  const main = diagnoses.find(({ cause }) => cause === evidence.cause) ?? diagnoses[0];
  if (claim?.verdict === "contradicted") {
    const sides = readDifference(claim, evidence);
    if (!sides) return words.contradicts(quote(claim.text));
    const say = sides.of === "answer" ? words.answerSays : words.referenceSays;
    return say(quote(sides.said), quote(sides.told));
  }
  if (!main) return null;
  const { cause } = main;
  if (cause === "ranked_too_low") return words.ranked(Math.min(...main.passages) + 1);
  const proof = evidence.claims.find(({ id }) => main.claimIds.includes(id));
  return proof ? words.of[cause](quote(proof.text)) : wordFor(t().causes, cause);
}

function quote(text: string): string {
  const characters = [...text.trim().replace(/\s+/g, " ")];
  const cut = characters.length > MOST_QUOTED;
  return cut ? `${characters.slice(0, MOST_QUOTED).join("")}…` : characters.join("");
}

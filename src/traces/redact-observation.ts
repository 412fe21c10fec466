import type { RedactKind } from "../contract/access.ts";
import { Marks, redactText } from "../intake/redact.ts";
import type { Observation } from "./observation.ts";

/** Personal data goes before anything of a span is stored; the same value has the same mark in all spans of its trace. */
export function redactObservation(
  observation: Observation,
  kinds: readonly RedactKind[],
  traceId: string,
): Observation {
  if (kinds.length === 0) return observation;
  const marks = new Marks(traceId);
  const clean = <Text extends string | null | undefined>(text: Text) =>
    typeof text === "string" ? redactText(text, kinds, marks) : text;
  return {
    ...observation,
    name: redactText(observation.name, kinds, marks),
    question: clean(observation.question),
    answer: clean(observation.answer),
    contexts: observation.contexts?.map((text) => redactText(text, kinds, marks)),
    session: clean(observation.session),
    user: clean(observation.user),
  };
}

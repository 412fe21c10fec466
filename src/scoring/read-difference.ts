import type { Evidence, EvidenceClaim } from "./evidence.ts";

/** What a contradicted claim says in the place where the passage says otherwise; null: the judge did not tell. */
export function readDifference(
  { of, difference }: EvidenceClaim,
  { answer, reference, passages }: Pick<Evidence, "answer" | "reference" | "passages">,
): { of: "answer" | "reference"; said: string; told: string } | null {
  const text = (of === "answer" ? answer : reference)?.text;
  const passage = difference && passages?.[difference.passage.passage]?.text;
  if (!difference || text === undefined || passage === undefined) return null;
  const said = text.slice(difference.text.start, difference.text.end);
  const told = passage.slice(difference.passage.start, difference.passage.end);
  // Of a long sample only the beginning of each text may be here.
  return said === "" || told === "" ? null : { of, said, told };
}

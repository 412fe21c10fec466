import type { Evidence, EvidenceClaim, EvidencePart, EvidenceSpan } from "./evidence.ts";
import {
  CLAIM_BYTES_PER_TEXT,
  CLAIMS_PER_TEXT,
  type Judged,
  type JudgedClaim,
  type JudgedTable,
  type JudgeFailure,
  type PassageCheck,
  type TextPlace,
  type Unchecked,
  type Verdict,
} from "./judge.ts";
import type { CutSample, Sample, Sentence } from "./sample.ts";

/**
 * The stored form of a judged table: sentence numbers become character offsets. Nothing is repaired or dropped in
 * silence: a sentence that does not exist, or support that rests on no sentence, makes the cell failed
 * (`judge_error`), and `notes` says which.
 */
export function buildEvidence(
  id: string,
  sample: Sample,
  cut: CutSample,
  table: JudgedTable,
  judgeName: string,
): Evidence {
  const failures: Partial<Record<EvidencePart, JudgeFailure>> = {};
  const notes = [...table.notes, ...notesOf(table.unchecked)];

  function read<T>(part: EvidencePart, judged: Judged<T> | null, isValid: (value: T) => boolean) {
    if (judged === null) return null;
    if (!judged.ok) {
      failures[part] = judged.reason;
      return null;
    }
    if (isValid(judged.value)) return judged.value;
    failures[part] = "judge_error";
    notes.push(`${part}: the judge's value is out of range`);
    return null;
  }

  const answerClaims = read("answer_claims", table.answerClaims, isAnything) ?? [];
  const referenceClaims = read("reference_claims", table.referenceClaims, isAnything) ?? [];
  const claims = [
    ...answerClaims.map((claim, i) => buildClaim(`a${i + 1}`, "answer", claim, cut, notes)),
    ...referenceClaims.map((claim, i) => buildClaim(`r${i + 1}`, "reference", claim, cut, notes)),
  ];
  const count = cut.passages?.length ?? 0;
  const relevance = read("relevance", table.relevance, ({ scores }) => {
    return scores.length === count && scores.every(isShare);
  });
  const scores = relevance?.scores ?? shareOfReference(claims, count);
  const usefulness = read("usefulness", table.usefulness ?? null, (flags) =>
    Object.values(flags).every((list) => list.length === count),
  );
  const unasked: Evidence["unasked"] = [];
  if (table.answerClaims === null) unasked.push("answer_claims");
  if (table.referenceClaims === null && cut.reference) unasked.push("reference_claims");
  return {
    id,
    question: sample.question,
    answer: cut.answer,
    passages:
      cut.passages?.map((passage, index) => ({
        index,
        text: passage.text,
        sentences: passage.sentences,
        relevance: scores?.[index] ?? null,
      })) ?? null,
    reference: cut.reference,
    claims,
    ...(table.unchecked ? { unchecked: table.unchecked } : {}),
    cause: null,
    method: table.method,
    judge: judgeName,
    ...(table.consistency ? { consistency: table.consistency } : {}),
    ...(table.controls && table.controls.asked > 0 ? { controls: table.controls } : {}),
    abstained: read("abstained", table.abstained, isAnything),
    answerable: relevance?.answerable ?? null,
    answer_relevancy: read("answer_relevancy", table.answerRelevancy, isShare),
    question_similarities: read("question_similarities", table.questionSimilarities, (values) => {
      return values.length > 0 && values.every(Number.isFinite);
    }),
    similarity: read("similarity", table.similarity, Number.isFinite),
    similarity_method: table.similarityMethod,
    reference_entities: read("reference_entities", table.referenceEntities, isAnything),
    criteria: Object.fromEntries(
      Object.entries(table.criteria).map(([name, judged]) => [
        name,
        read(`criterion:${name}`, judged, isShare),
      ]),
    ),
    ...(usefulness ? { usefulness } : {}),
    reference_passages: sample.referencePassages ? [...sample.referencePassages] : null,
    retrieved_ids: sample.retrievedIds ? [...sample.retrievedIds] : null,
    reference_ids: sample.referenceIds ? [...sample.referenceIds] : null,
    ...(unasked.length > 0 ? { unasked } : {}),
    failures,
    confidence: table.confidence,
    notes,
  };
}

function notesOf(unchecked: Unchecked | undefined): string[] {
  return (["answer", "reference"] as const).flatMap((side) => {
    const count = unchecked?.[side] ?? 0;
    return count === 0
      ? []
      : [
          `${side}: ${count} claims were not checked; a text is checked up to ${CLAIMS_PER_TEXT} claims or ${CLAIM_BYTES_PER_TEXT} bytes`,
        ];
  });
}

function buildClaim(
  id: string,
  of: "answer" | "reference",
  claim: JudgedClaim,
  cut: CutSample,
  notes: string[],
): EvidenceClaim {
  const sentences = (of === "answer" ? cut.answer : cut.reference)?.sentences ?? [];
  const failed: NonNullable<EvidenceClaim["failed"]> = {};
  const check = readCheck(claim.passages, cut);
  const other = claim.other;
  if (check && !check.ok) failed.passages = check.reason;
  if (check && !check.ok && check.note) notes.push(`${id}: ${check.note}`);
  if (other && !other.ok) failed.other = other.reason;
  if (sentences[claim.sentence] === undefined) {
    notes.push(`${id}: stands in sentence ${claim.sentence + 1}, which does not exist`);
    failed.passages = "judge_error";
    failed.other = "judge_error";
  }
  const passages = failed.passages === undefined && check?.ok ? check : null;
  const otherVerdict = failed.other === undefined && other?.ok ? other.value : null;
  return {
    id,
    of,
    text: claim.text,
    sentence: claim.sentence,
    verdict: passages?.value.verdict ?? null,
    evidence: passages?.spans ?? [],
    jointly: passages?.jointly ?? false,
    ...differenceOf(passages?.value, claim.text, sentences[claim.sentence], cut),
    ...(of === "answer"
      ? { supported_by_reference: otherVerdict, on_topic: claim.onTopic }
      : { supported_by_answer: otherVerdict }),
    confidence: shareOrNull(passages?.value.confidence),
    ...withShare("support", passages?.value.support),
    ...withShare("support_by_other", claim.otherSupport),
    ...(Object.keys(failed).length > 0 ? { failed } : {}),
    ...buildAgain(claim, passages?.value.verdict ?? null, otherVerdict, cut),
  };
}

/** In offsets of the whole texts. A judge that writes the claim in its own words cannot say where in the answer. */
function differenceOf(
  check: PassageCheck | undefined,
  text: string,
  sentence: Sentence | undefined,
  { passages }: CutSample,
): Pick<EvidenceClaim, "difference"> {
  const [ref] = check?.evidence ?? [];
  const difference = check?.verdict === "contradicted" ? check.difference : undefined;
  const source = ref && passages?.[ref.passage]?.sentences[ref.sentence];
  if (!difference || !ref || !source || !sentence) return {};
  const isWithin = ({ start, end }: TextPlace, length: number) =>
    0 <= start && start < end && end <= length;
  if (sentence.end - sentence.start !== text.length) return {};
  if (!isWithin(difference.claim, text.length)) return {};
  if (!isWithin(difference.sentence, source.end - source.start)) return {};
  const within = ({ start, end }: TextPlace, base: number) => ({
    start: base + start,
    end: base + end,
  });
  return {
    difference: {
      text: within(difference.claim, sentence.start),
      passage: { passage: ref.passage, ...within(difference.sentence, source.start) },
    },
  };
}

/** Only of verdicts that stand: one that failed has nothing to be compared with. */
function buildAgain(
  { again }: JudgedClaim,
  verdict: Verdict | null,
  otherVerdict: Verdict | null,
  cut: CutSample,
): Pick<EvidenceClaim, "again"> {
  const found: NonNullable<EvidenceClaim["again"]> = {};
  if (again?.passages && verdict !== null) {
    const { why, judged } = again.passages;
    const check = readCheck(judged, cut);
    const second = check?.ok ? check.value.verdict : null;
    found.passages = {
      why,
      verdict: second,
      ...(check?.ok && second !== verdict ? { evidence: check.spans, jointly: check.jointly } : {}),
    };
  }
  if (again?.other && otherVerdict !== null) {
    const { why, judged } = again.other;
    found.other = { why, verdict: judged.ok ? judged.value : null };
  }
  return Object.keys(found).length > 0 ? { again: found } : {};
}

type ReadCheck =
  | { ok: true; value: PassageCheck; spans: EvidenceSpan[]; jointly: boolean }
  | { ok: false; reason: JudgeFailure; note: string | null };

/** Without any passage a claim is unsupported, whatever the judge: there is nothing that could support it. */
function readCheck(judged: Judged<PassageCheck> | null, cut: CutSample): ReadCheck | null {
  if (cut.passages?.every(({ sentences }) => sentences.length === 0)) {
    const value: PassageCheck = {
      verdict: "unsupported",
      evidence: [],
      jointly: false,
      confidence: 1,
    };
    return { ok: true, value, spans: [], jointly: false };
  }
  if (judged === null) return null;
  if (!judged.ok) return { ok: false, reason: judged.reason, note: null };
  const spans: EvidenceSpan[] = [];
  const seen = new Set<string>();
  for (const { passage, sentence } of judged.value.evidence) {
    const found = cut.passages?.[passage]?.sentences[sentence];
    if (!found) {
      const note = `sentence ${passage + 1}.${sentence + 1} does not exist`;
      return { ok: false, reason: "judge_error", note };
    }
    if (seen.has(found.id)) continue;
    seen.add(found.id);
    spans.push({ passage, start: found.start, end: found.end });
  }
  if (judged.value.verdict === "supported" && spans.length === 0) {
    return { ok: false, reason: "judge_error", note: "supported, but by no sentence" };
  }
  spans.sort((a, b) => a.passage - b.passage || a.start - b.start);
  // One passage cannot be several passages together.
  const jointly =
    judged.value.jointly && spans.some(({ passage }) => passage !== spans[0]?.passage);
  return { ok: true, value: judged.value, spans, jointly };
}

/** Share of the reference claims a passage helps to support; null when none was checked. */
function shareOfReference(claims: readonly EvidenceClaim[], count: number): number[] | null {
  const checked = claims.filter(({ of, verdict }) => of === "reference" && verdict !== null);
  if (checked.length === 0) return null;
  const helped = new Array<number>(count).fill(0);
  for (const { verdict, evidence } of checked) {
    if (verdict !== "supported") continue;
    for (const passage of new Set(evidence.map((span) => span.passage))) {
      helped[passage] = (helped[passage] ?? 0) + 1;
    }
  }
  return helped.map((claims) => claims / checked.length);
}

function isAnything(): boolean {
  return true;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function shareOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && isShare(value) ? value : null;
}

function withShare<Name extends string>(name: Name, value: number | undefined) {
  const share = shareOrNull(value);
  return share === null ? {} : { [name]: share };
}

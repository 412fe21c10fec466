import type {
  Cause,
  Evidence,
  EvidenceClaim,
  EvidencePassage,
  EvidenceSpan,
} from "../../scoring/evidence.ts";

/**
 * The evidence as it would be at best if one cause were gone: its cells, and no others, get the verdict that helps
 * most. Measuring it gives the upper bound of what removing the cause can bring.
 */
export function repair(evidence: Evidence, cause: Cause): Evidence {
  return settleCloseCalls(mend(evidence, cause));
}

/** With its fault gone a sample may be clearer everywhere: at best no support that was found stays a close call. */
function settleCloseCalls(evidence: Evidence): Evidence {
  const claims = evidence.claims.map((claim): EvidenceClaim => {
    const { support, support_by_other, ...rest } = claim;
    const other = claim.supported_by_reference ?? claim.supported_by_answer;
    return {
      ...rest,
      ...(claim.verdict !== "supported" && support !== undefined ? { support } : {}),
      ...(other !== "supported" && support_by_other !== undefined ? { support_by_other } : {}),
    };
  });
  return { ...evidence, claims };
}

function mend(evidence: Evidence, cause: Cause): Evidence {
  switch (cause) {
    case "missing_in_retrieval":
      return findWhatWasMissing(evidence);
    case "retrieved_but_ignored":
      return sayWhatWasRetrieved(evidence);
    case "ranked_too_low":
      return rankPassages(evidence);
    case "noise_followed":
      return reword(followTheReference(evidence));
    case "invented":
      return reword(groundClaims(evidence, isInvented));
    case "contradicts_context":
      return reword(
        mendReference(groundClaims(evidence, (claim) => claim.verdict === "contradicted")),
      );
    case "off_topic":
      return reword(addressQuestion(evidence));
    case "refused_though_answerable":
      return sayWhatWasRetrieved(addressQuestion(evidence));
    default:
      return cause satisfies never;
  }
}

function isInvented(claim: EvidenceClaim): boolean {
  return claim.verdict === "unsupported" && claim.supported_by_reference !== "supported";
}

function isOfReference(claim: EvidenceClaim): boolean {
  return claim.of === "reference";
}

function mapClaims(
  evidence: Evidence,
  isMeant: (claim: EvidenceClaim) => boolean,
  change: (claim: EvidenceClaim) => Partial<EvidenceClaim>,
): Evidence {
  return {
    ...evidence,
    claims: evidence.claims.map((claim) =>
      isMeant(claim) ? { ...claim, ...change(claim) } : claim,
    ),
  };
}

/** Every claim that was judged against the reference counts as true there; what was not judged stays so. */
function asTrue(claim: EvidenceClaim): Partial<EvidenceClaim> {
  return claim.supported_by_reference ? { supported_by_reference: "supported" } : {};
}

function groundClaims(evidence: Evidence, isMeant: (claim: EvidenceClaim) => boolean): Evidence {
  const { evidence: wider, span } = withFoundPassage(evidence);
  return mapClaims(
    wider,
    (claim) => !isOfReference(claim) && isMeant(claim),
    (claim) => ({ verdict: "supported", evidence: [span], jointly: false, ...asTrue(claim) }),
  );
}

/** A statement put right may be the one the reference makes. */
function mendReference(evidence: Evidence): Evidence {
  return mapClaims(
    evidence,
    (claim) => isOfReference(claim) && claim.supported_by_answer === "contradicted",
    () => ({ supported_by_answer: "supported" }),
  );
}

function findWhatWasMissing(evidence: Evidence): Evidence {
  const { evidence: wider, span } = withFoundPassage(evidence);
  const found = mapClaims(
    wider,
    (claim) =>
      claim.verdict !== null &&
      claim.verdict !== "supported" &&
      (isOfReference(claim) || claim.supported_by_reference !== "contradicted"),
    () => ({ verdict: "supported", evidence: [span], jointly: false }),
  );
  return sayWhatWasRetrieved({
    ...(evidence.abstained ? addressQuestion(found) : found),
    answerable: evidence.answerable && "full",
  });
}

/** Adds to the answer, as true and supported, what the passages hold of the reference and the answer left out. */
function sayWhatWasRetrieved(evidence: Evidence): Evidence {
  const isLeft = (claim: EvidenceClaim) =>
    isOfReference(claim) &&
    claim.verdict === "supported" &&
    claim.supported_by_answer !== "supported";
  const left = evidence.claims.filter(isLeft);
  const isJudgedTrue = left.some((claim) => claim.supported_by_answer);
  const said = left.map(
    (claim): EvidenceClaim => ({
      ...claim,
      id: `said-${claim.id}`,
      of: "answer",
      sentence: 0,
      supported_by_reference: isJudgedTrue ? "supported" : null,
      supported_by_answer: null,
      on_topic: true,
    }),
  );
  const mended = mapClaims(
    evidence,
    (claim) => isLeft(claim) && Boolean(claim.supported_by_answer),
    () => ({ supported_by_answer: "supported" }),
  );
  return reword({ ...mended, claims: [...mended.claims, ...said] });
}

/** Another answer may read like the reference; how much, nobody can know, so at best it does. */
function reword(evidence: Evidence): Evidence {
  return { ...evidence, similarity: evidence.similarity === null ? null : 1 };
}

function followTheReference(evidence: Evidence): Evidence {
  const mended = mapClaims(
    evidence,
    (claim) => !isOfReference(claim) && claim.verdict === "supported",
    asTrue,
  );
  return mapClaims(
    mended,
    (claim) => isOfReference(claim) && Boolean(claim.supported_by_answer),
    () => ({ supported_by_answer: "supported" }),
  );
}

function addressQuestion(evidence: Evidence): Evidence {
  const onTopic = mapClaims(
    evidence,
    (claim) => !isOfReference(claim) && claim.on_topic === false,
    () => ({ on_topic: true }),
  );
  return {
    ...onTopic,
    abstained: evidence.abstained === null ? null : false,
    answer_relevancy: evidence.answer_relevancy === null ? null : 1,
    question_similarities: evidence.question_similarities?.map(() => 1) ?? null,
  };
}

/** The same passages in the best order: those the reference (else the answer) rests on first. */
function rankPassages(evidence: Evidence): Evidence {
  const { passages } = evidence;
  if (!passages) return evidence;
  const worth = worthOf(evidence);
  const order = [...passages].sort(
    (a, b) => worth(b) - worth(a) || (b.relevance ?? 0) - (a.relevance ?? 0) || a.index - b.index,
  );
  const newIndex = new Map(order.map((passage, index) => [passage.index, index]));
  return {
    ...evidence,
    passages: order.map((passage, index) => ({ ...passage, index })),
    claims: evidence.claims.map((claim) => ({
      ...claim,
      evidence: claim.evidence.map((span) => ({
        ...span,
        passage: newIndex.get(span.passage) ?? span.passage,
      })),
    })),
  };
}

function worthOf(evidence: Evidence): (passage: EvidencePassage) => number {
  const hasReference = evidence.claims.some((claim) => claim.of === "reference");
  const of = hasReference ? "reference" : "answer";
  const carrying = new Set(
    evidence.claims
      .filter((claim) => claim.of === of && claim.verdict === "supported")
      .flatMap((claim) => claim.evidence.map((span) => span.passage)),
  );
  return (passage) => Number(carrying.has(passage.index));
}

const FOUND_TEXT = "…";

/**
 * The evidence with one passage more, which stands for the text that repaired claims rest on. When contexts were never
 * sent there is nothing to add to, and the span points nowhere.
 */
function withFoundPassage(evidence: Evidence): { evidence: Evidence; span: EvidenceSpan } {
  const { passages } = evidence;
  const index = passages?.length ?? 0;
  const span = { passage: index, start: 0, end: FOUND_TEXT.length };
  if (!passages) return { evidence, span };
  const found = {
    index,
    text: FOUND_TEXT,
    sentences: [{ id: `${index + 1}.1`, start: 0, end: FOUND_TEXT.length }],
    relevance: 1,
  };
  return { evidence: { ...evidence, passages: [...passages, found] }, span };
}

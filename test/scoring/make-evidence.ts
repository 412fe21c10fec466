import type { Evidence, EvidenceClaim } from "../../src/scoring/evidence.ts";
import type { JudgeFailure, Verdict } from "../../src/scoring/judge.ts";

/** A claim in short: which passages support it, and whether the other text does. */
export interface ClaimSketch {
  /** Zero-based passages that support it; none: unsupported, unless `verdict` says otherwise. */
  by?: number[];
  jointly?: boolean;
  verdict?: Verdict | null;
  other?: Verdict | null;
  onTopic?: boolean | null;
  text?: string;
  sentence?: number;
  failed?: { passages?: JudgeFailure; other?: JudgeFailure };
}

export interface Sketch {
  answer?: ClaimSketch[];
  reference?: ClaimSketch[] | null;
  passageCount?: number | null;
  evidence?: Partial<Evidence>;
}

/** What a table says of a sample of which only claims and passages were judged. */
export const NOTHING_JUDGED = {
  cause: null,
  method: "llm",
  abstained: false,
  answerable: "full",
  answer_relevancy: null,
  question_similarities: null,
  similarity: null,
  similarity_method: null,
  reference_entities: null,
  criteria: {},
  reference_passages: null,
  retrieved_ids: null,
  reference_ids: null,
  failures: {},
  confidence: null,
  notes: [],
} satisfies Partial<Evidence>;

const PASSAGE = "The capital is Paris. 首都是巴黎。";

/** Evidence of a table drawn by hand; every text is one sentence per claim. */
export function makeEvidence(sketch: Sketch): Evidence {
  const { answer = [], reference = [], passageCount = 2 } = sketch;
  return {
    id: "sample",
    question: "What is the capital?",
    answer: textOf(answer),
    passages:
      passageCount === null
        ? null
        : Array.from({ length: passageCount }, (_, index) => ({
            index,
            text: PASSAGE,
            sentences: [{ id: `${index + 1}.1`, start: 0, end: 21 }],
            relevance: null,
          })),
    reference: reference === null ? null : textOf(reference),
    claims: [
      ...answer.map((claim, i) => makeClaim(`a${i + 1}`, "answer", claim, i)),
      ...(reference ?? []).map((claim, i) => makeClaim(`r${i + 1}`, "reference", claim, i)),
    ],
    ...NOTHING_JUDGED,
    judge: "by hand",
    ...sketch.evidence,
  };
}

function makeClaim(
  id: string,
  of: "answer" | "reference",
  claim: ClaimSketch,
  index: number,
): EvidenceClaim {
  const by = claim.by ?? [];
  const verdict =
    claim.verdict === undefined ? (by.length > 0 ? "supported" : "unsupported") : claim.verdict;
  const other = claim.other === undefined ? "unsupported" : claim.other;
  return {
    id,
    of,
    text: claim.text ?? `Claim ${id}.`,
    sentence: claim.sentence ?? index,
    verdict,
    evidence: by.map((passage) => ({ passage, start: 0, end: 21 })),
    jointly: claim.jointly ?? false,
    ...(of === "answer"
      ? { supported_by_reference: other, on_topic: claim.onTopic ?? null }
      : { supported_by_answer: other }),
    confidence: null,
    ...(claim.failed ? { failed: claim.failed } : {}),
  };
}

function textOf(claims: readonly ClaimSketch[]) {
  let text = "";
  const sentences = claims.map((claim, i) => {
    const start = text.length;
    text += claim.text ?? `Sentence ${i + 1}.`;
    const end = text.length;
    text += " ";
    return { id: `s${i + 1}`, start, end };
  });
  if (claims.length > 0) return { text, sentences };
  return { text: "I don't know.", sentences: [{ id: "s1", start: 0, end: 13 }] };
}

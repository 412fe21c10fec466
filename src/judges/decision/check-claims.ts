import type {
  Judged,
  PassageCheck,
  PassageRelevance,
  PassageUsefulness,
  UsefulFor,
} from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { waitForAll } from "../chat/plans/judge-context.ts";
import type { Claim, NumberedSentence } from "../chat/questions/control-claims.ts";
import type { DecisionContext } from "./ask-sheet.ts";
import {
  groupPortions,
  MOST_SENTENCES,
  portionsOf,
  type Read,
  readSentences,
} from "./check-passages.ts";
import type { Distribution } from "./endpoint.ts";
import { findEvidence, type Unproven } from "./find-evidence.ts";
import { isYes, type Manner, shareOf, verdictOf } from "./questions.ts";

interface ChecksWanted {
  claims: readonly Claim[];
  wantsRelevance: boolean;
  usefulness: readonly UsefulFor[];
}

export interface Checks {
  byClaim: ReadonlyMap<string, Judged<PassageCheck>>;
  relevance: Judged<PassageRelevance> | null;
  usefulness: Judged<PassageUsefulness> | null;
}

/**
 * Every claim against every passage by itself, in a request a passage; then what no single one decides against all of
 * them together; then the sentences behind every verdict.
 */
export async function checkClaims(
  context: DecisionContext,
  sample: CutSample,
  wanted: ChecksWanted,
  manner: Manner,
): Promise<Checks> {
  const portions = portionsOf(sample, context);
  const { claims, wantsRelevance, usefulness } = wanted;
  if (portions.length === 0) return { byClaim: new Map(), relevance: null, usefulness: null };
  const isOne = portions.length === 1;
  const isAsked = claims.length > 0 || wantsRelevance || usefulness.length > 0;
  const alone = isAsked
    ? await readAll(context, sample, portions, manner, {
        claims,
        wantsRelevance,
        wantsAnswerable: wantsRelevance && isOne,
        usefulness,
      })
    : [];
  const undecided = claims.filter(({ id }) =>
    alone.every((read) => {
      const answer = read.claims.some((claim) => claim.id === id) ? read.claim(id) : NEITHER;
      return answer !== null && verdictOf(answer) === "unsupported";
    }),
  );
  const groups =
    isOne || (undecided.length === 0 && !wantsRelevance) ? [] : groupPortions(portions, context);
  if (groups.length > 1 && undecided.length > 0) {
    context.notes.push(
      `passages were read together in ${groups.length} groups; support that needs sentences of several groups together is not seen.`,
    );
  }
  const together = await readAll(context, sample, groups, manner, {
    claims: undecided,
    wantsRelevance: false,
    wantsAnswerable: wantsRelevance,
    usefulness: [],
  });
  return {
    byClaim: await settleClaims(context, claims, { alone, together }, manner),
    relevance: wantsRelevance ? relevanceOf(sample, alone, isOne ? alone : together) : null,
    usefulness: usefulness.length > 0 ? usefulnessOf(sample, alone, usefulness) : null,
  };
}

const NEITHER: Distribution = new Map();

async function readAll(
  context: DecisionContext,
  sample: CutSample,
  groups: readonly NumberedSentence[][],
  manner: Manner,
  asked: Omit<Parameters<typeof readSentences>[2], "sentences">,
): Promise<Read[]> {
  const reads = groups.map((sentences) =>
    readSentences(context, sample, { ...asked, sentences }, manner),
  );
  return (await waitForAll(reads)).flat();
}

/** What was said of one claim by one reading. */
interface Word {
  read: Read;
  answer: Distribution;
}

async function settleClaims(
  context: DecisionContext,
  claims: readonly Claim[],
  { alone, together }: { alone: readonly Read[]; together: readonly Read[] },
  manner: Manner,
): Promise<Map<string, Judged<PassageCheck>>> {
  const settled = new Map<string, Judged<PassageCheck>>();
  const unproven: (Unproven & { id: string; check: PassageCheck })[] = [];
  for (const { id, text } of claims) {
    const single = wordsOn(id, alone);
    const joint = wordsOn(id, together);
    if (!single.ok) settled.set(id, single);
    if (!joint.ok) settled.set(id, joint);
    if (!single.ok || !joint.ok) continue;
    const words = [...single.value, ...joint.value];
    const verdict = strongest(words);
    const deciding = words.filter(({ answer }) => verdictOf(answer) === verdict);
    const support = most(words, "supported");
    const check: PassageCheck = {
      verdict,
      evidence: [],
      jointly: verdict === "supported" && !single.value.some((word) => deciding.includes(word)),
      confidence:
        verdict === "unsupported"
          ? 1 - Math.max(support, most(words, "contradicted"))
          : most(words, verdict),
      support,
    };
    settled.set(id, { ok: true, value: check });
    if (verdict === "unsupported") continue;
    for (const { read } of deciding) {
      const sentences = nearest(read.sentences, single.value);
      unproven.push({ id, text, verdict, check, sentences });
    }
  }
  const proofs = await findEvidence(context, unproven, manner);
  for (const [at, { id, check }] of unproven.entries()) {
    const proof = proofs[at];
    if (proof?.ok) check.evidence.push(...proof.value);
    else settled.set(id, { ok: false, reason: proof?.reason ?? "judge_error" });
  }
  return settled;
}

/** As many sentences as may be offered, those first whose passages came nearest to a verdict by themselves. */
function nearest(
  sentences: readonly NumberedSentence[],
  alone: readonly Word[],
): readonly NumberedSentence[] {
  if (sentences.length <= MOST_SENTENCES) return sentences;
  const openness = new Map(
    alone.map(({ read, answer }) => [read.sentences[0]?.passage, shareOf(answer, "unsupported")]),
  );
  return [...sentences]
    .sort((a, b) => (openness.get(a.passage) ?? 1) - (openness.get(b.passage) ?? 1))
    .slice(0, MOST_SENTENCES);
}

/** A reading without an answer fails the claim: the missing part could change the verdict. */
function wordsOn(
  id: string,
  reads: readonly Read[],
): { ok: true; value: Word[] } | { ok: false; reason: Read["failure"] } {
  const words: Word[] = [];
  for (const read of reads) {
    if (!read.claims.some((claim) => claim.id === id)) continue;
    const answer = read.claim(id);
    if (answer === null) return { ok: false, reason: read.failure };
    words.push({ read, answer });
  }
  return { ok: true, value: words };
}

/** Support anywhere wins, then contradiction. */
function strongest(words: readonly Word[]): PassageCheck["verdict"] {
  const verdicts = words.map(({ answer }) => verdictOf(answer));
  if (verdicts.includes("supported")) return "supported";
  return verdicts.includes("contradicted") ? "contradicted" : "unsupported";
}

function most(words: readonly Word[], option: string): number {
  return Math.max(0, ...words.map(({ answer }) => shareOf(answer, option)));
}

/** A passage is as relevant as its best part, the question as answerable as by the best group. */
function relevanceOf(
  { passages }: CutSample,
  alone: readonly Read[],
  together: readonly Read[],
): Judged<PassageRelevance> {
  const scores = (passages ?? []).map(() => 0);
  for (const read of alone.filter(({ wantsRelevance }) => wantsRelevance)) {
    const answer = read.about("relevance");
    const passage = read.sentences[0]?.passage;
    if (answer === null || passage === undefined) return { ok: false, reason: read.failure };
    scores[passage] = Math.max(scores[passage] ?? 0, shareOf(answer, "yes"));
  }
  const ranks = ["none", "partial", "full"] as const;
  let best = 0;
  for (const read of together.filter(({ wantsAnswerable }) => wantsAnswerable)) {
    const answer = read.about("answerable");
    if (answer === null) return { ok: false, reason: read.failure };
    const likeliest = ranks.reduce((a, b) => (shareOf(answer, b) > shareOf(answer, a) ? b : a));
    best = Math.max(best, ranks.indexOf(likeliest));
  }
  return { ok: true, value: { scores, answerable: ranks[best] ?? "none" } };
}

function usefulnessOf(
  { passages }: CutSample,
  alone: readonly Read[],
  texts: readonly UsefulFor[],
): Judged<PassageUsefulness> {
  const flags = new Map(texts.map((text) => [text, (passages ?? []).map(() => false)]));
  for (const read of alone) {
    for (const text of read.usefulness) {
      const answer = read.about(text);
      const passage = read.sentences[0]?.passage;
      if (answer === null || passage === undefined) return { ok: false, reason: read.failure };
      const list = flags.get(text);
      if (list) list[passage] ||= isYes(answer);
    }
  }
  return { ok: true, value: Object.fromEntries(flags) };
}

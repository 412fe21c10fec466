import type { PassageCheck, SentenceRef } from "../../scoring/judge.ts";
import { fold } from "./fold.ts";
import { countNegations } from "./polarity.ts";
import { type TextIndex, weigh } from "./text-index.ts";
import { type Token, tokenize } from "./tokens.ts";

/** Sentences looked at closely per claim, and postings walked per term: they keep the cost linear in the input. */
const CANDIDATES = 6;
const POSTINGS_PER_TERM = 64;
const WINDOW = 3;

interface Window {
  refs: SentenceRef[];
  terms: Set<string>;
  folded: string;
}

/** Does any short stretch of the texts carry the claim? */
export function checkClaim(claim: string, index: TextIndex): PassageCheck {
  const tokens = tokenize(claim);
  const weights = tokens.map((token) => weigh(index, token));
  let best: { window: Window; coverage: number } | null = null;
  for (const start of candidates(tokens, weights, index)) {
    const window = windowAt(index, start);
    const coverage = cover(tokens, weights, window.terms);
    if (!best || coverage > best.coverage + 1e-9) best = { window, coverage };
  }
  if (!best) return { verdict: "unsupported", evidence: [], jointly: false, confidence: 0.9 };
  const terms = best.window.terms;
  const missingNumbers = tokens.some((token) => token.kind === "number" && !terms.has(token.term));
  const negated = countNegations(fold(claim)) % 2 !== countNegations(best.window.folded) % 2;
  const support = round(best.coverage * (missingNumbers ? 0.5 : 1) * (negated ? 0.55 : 1));
  if (support >= 0.6) return verdict("supported", best.window, support);
  const contradicted = best.coverage >= 0.6;
  if (contradicted) return verdict("contradicted", best.window, 1 - support);
  return { verdict: "unsupported", evidence: [], jointly: false, confidence: round(1 - support) };
}

function verdict(
  kind: "supported" | "contradicted",
  window: Window,
  confidence: number,
): PassageCheck {
  return { verdict: kind, evidence: window.refs, jointly: false, confidence: round(confidence) };
}

function candidates(tokens: Token[], weights: number[], index: TextIndex): number[] {
  const scores = new Map<number, number>();
  tokens.forEach((token, i) => {
    const postings = index.postings.get(token.term);
    if (!postings) return;
    for (const position of postings.slice(0, POSTINGS_PER_TERM)) {
      scores.set(position, (scores.get(position) ?? 0) + (weights[i] ?? 0));
    }
  });
  return [...scores]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES)
    .map(([position]) => position);
}

function windowAt(index: TextIndex, start: number): Window {
  const first = index.sentences[start];
  const window: Window = { refs: [], terms: new Set(), folded: "" };
  for (let i = start; i < start + WINDOW; i++) {
    const sentence = index.sentences[i];
    if (!sentence || sentence.passage !== first?.passage) break;
    if (i > start && window.folded.length > 400) break;
    window.refs.push({ passage: sentence.passage, sentence: sentence.sentence });
    window.folded += ` ${sentence.folded}`;
    for (const token of sentence.tokens) window.terms.add(token.term);
  }
  return window;
}

function cover(tokens: Token[], weights: number[], terms: Set<string>): number {
  let total = 0;
  let covered = 0;
  tokens.forEach((token, i) => {
    const weight = weights[i] ?? 0;
    total += weight;
    if (terms.has(token.term)) covered += weight;
  });
  return total === 0 ? 0 : covered / total;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

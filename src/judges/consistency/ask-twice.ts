import type {
  Judge,
  Judged,
  JudgedClaim,
  JudgedTable,
  JudgeUsage,
  SecondAnswers,
} from "../../scoring/judge.ts";
import { JudgeUnavailable } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { type PickedCells, pickCells } from "./pick-cells.ts";

/**
 * The same judge, asked a second time where its word is doubtful and, at random, where it is not. Its scores stay those
 * of the first asking. A judge that always says the same is left as it is.
 */
export function askTwice(judge: Judge): Judge {
  const { askAgain } = judge;
  if (!askAgain) return judge;
  return {
    ...judge,
    async fill(sample, needs, signal, pause) {
      const table = await judge.fill(sample, needs, signal, pause);
      const picked = pickCells(sample, claimsOf(table)).filter(
        ({ passages, other }) => passages !== null || other !== null,
      );
      const marked: JudgedTable = { ...table, consistency: "doubtful" };
      if (picked.length === 0 || signal?.aborted) return marked;
      const answers = await second(askAgain, sample, picked, signal);
      return answers ? merge(marked, picked, answers) : unanswered(marked, picked);
    },
  };
}

/** The first answer is paid for: a provider that goes away before the second costs only the second. */
async function second(
  askAgain: NonNullable<Judge["askAgain"]>,
  sample: CutSample,
  picked: readonly PickedCells[],
  signal: AbortSignal | undefined,
): Promise<SecondAnswers | null> {
  try {
    const asks = picked.map(({ claim, passages, other }) => ({
      claim,
      passages: passages !== null,
      other: other !== null,
    }));
    return await askAgain(sample, asks, signal);
  } catch (error) {
    if (error instanceof JudgeUnavailable) return null;
    throw error;
  }
}

function merge(
  table: JudgedTable,
  picked: readonly PickedCells[],
  { answers, usage, calls = [], judgements, notes }: SecondAnswers,
): JudgedTable {
  const again = new Map<JudgedClaim, JudgedClaim["again"]>();
  for (const [at, { claim, passages, other }] of picked.entries()) {
    const answer = answers[at];
    again.set(claim, {
      ...(passages ? { passages: { why: passages, judged: answer?.passages ?? FAILED } } : {}),
      ...(other ? { other: { why: other, judged: answer?.other ?? FAILED } } : {}),
    });
  }
  const keys = [...(table.judgements ?? []), ...(judgements ?? [])];
  return {
    ...table,
    answerClaims: mark(table.answerClaims, again),
    referenceClaims: mark(table.referenceClaims, again),
    usage: addUp(table.usage, usage),
    ...(table.calls ? { calls: [...table.calls, ...calls] } : {}),
    notes: [...table.notes, ...notes],
    ...(keys.length > 0 ? { judgements: [...new Set(keys)].sort() } : {}),
  };
}

const FAILED = { ok: false, reason: "judge_error" } as const;
const NO_USAGE: JudgeUsage = {
  judge_calls: 0,
  cached_calls: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
};

function unanswered(table: JudgedTable, picked: readonly PickedCells[]): JudgedTable {
  const note = "consistency: the judge was away when it was to be asked a second time.";
  return merge(table, picked, { answers: [], usage: NO_USAGE, notes: [note] });
}

function claimsOf(table: JudgedTable): JudgedClaim[] {
  return [table.answerClaims, table.referenceClaims].flatMap((side) =>
    side?.ok ? side.value : [],
  );
}

function mark(
  side: Judged<JudgedClaim[]> | null,
  again: ReadonlyMap<JudgedClaim, JudgedClaim["again"]>,
): Judged<JudgedClaim[]> | null {
  if (!side?.ok) return side;
  const value = side.value.map((claim) => {
    const found = again.get(claim);
    return found ? { ...claim, again: found } : claim;
  });
  return { ok: true, value };
}

function addUp(a: JudgeUsage, b: JudgeUsage): JudgeUsage {
  return {
    judge_calls: a.judge_calls + b.judge_calls,
    cached_calls: a.cached_calls + b.cached_calls,
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
  };
}

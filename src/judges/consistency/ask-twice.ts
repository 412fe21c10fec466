import type {
  ControlCounts,
  Judge,
  Judged,
  JudgedClaim,
  JudgedTable,
  SecondAnswers,
} from "../../scoring/judge.ts";
import { JudgeUnavailable } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { addUsage, NO_USAGE } from "../../scoring/usage.ts";
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
  { answers, usage, calls = [], judgements, controls, troubles = [], notes }: SecondAnswers,
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
    usage: addUsage(table.usage, usage),
    ...(troubles.length > 0 ? { troubles: [...(table.troubles ?? []), ...troubles] } : {}),
    ...(table.calls ? { calls: [...table.calls, ...calls] } : {}),
    ...(table.controls ? { controls: addControls(table.controls, controls) } : {}),
    notes: [...table.notes, ...notes],
    ...(keys.length > 0 ? { judgements: [...new Set(keys)].sort() } : {}),
  };
}

function addControls(a: ControlCounts, b: ControlCounts | undefined): ControlCounts {
  return { asked: a.asked + (b?.asked ?? 0), held: a.held + (b?.held ?? 0) };
}

const FAILED = { ok: false, reason: "judge_error" } as const;

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

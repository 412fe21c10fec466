import type { Sql } from "sql-template-tag";
import { utcDay } from "../access/quota.ts";
import { askedTwice, isFlip } from "../scoring/consistency/second-opinion.ts";
import { countJudge } from "../storage/judge-counts.ts";
import type { ScoredOne } from "./score-one.ts";

/** SQL: what finished samples have shown of their models, one statement a model; none where no model was asked. */
export function countJudges(
  scored: readonly Pick<ScoredOne, "chosen" | "result">[],
  now: number,
): Sql[] {
  const byModel = new Map<
    string,
    { asked: number; held: number; twice: number; flipped: number }
  >();
  for (const { chosen, result } of scored) {
    if (chosen.model === null || result.usage.judge_calls === 0) continue;
    const counts = byModel.get(chosen.model) ?? { asked: 0, held: 0, twice: 0, flipped: 0 };
    const twice = askedTwice(result.evidence);
    counts.asked += result.evidence.controls?.asked ?? 0;
    counts.held += result.evidence.controls?.held ?? 0;
    counts.twice += twice.length;
    counts.flipped += twice.filter(isFlip).length;
    byModel.set(chosen.model, counts);
  }
  return [...byModel]
    .filter(([, { asked, twice }]) => asked + twice > 0)
    .map(([model, counts]) => countJudge({ model, day: utcDay(now), ...counts }));
}

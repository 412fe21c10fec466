import type { Consistency, FlipRate } from "../../scoring/consistency/summarize-consistency.ts";
import { outerCode, type SaidWarning } from "../../words/said.ts";
import { sayWarning } from "../../words/say.ts";
import type { Row } from "./read-rows.ts";
import type { ScoredRow } from "./score-row.ts";

/** What came of the rows. */
export class RowCounts {
  #rows = 0;
  #unscored = 0;
  #partly = 0;

  add({ outcomes, error }: ScoredRow): void {
    this.#rows += 1;
    const all = Object.values(outcomes);
    const hasFailed = error !== undefined || all.some(({ status }) => status === "failed");
    if (!hasFailed) return;
    if (all.some(({ status }) => status === "scored")) this.#partly += 1;
    else this.#unscored += 1;
  }

  /** Rows that failed, not only a metric of theirs. */
  get hasFailed(): boolean {
    return this.#unscored > 0;
  }

  describe(output: string): string {
    const failed = this.#unscored + this.#partly;
    const scored = `Scored ${this.#rows - this.#unscored} of ${this.#rows} rows → ${output}`;
    if (failed === 0) return scored;
    const none = this.#unscored > 0 ? `, ${this.#unscored} of them without any score` : "";
    return `${scored}\n${failed} of ${this.#rows} rows have failed metrics${none} (see "outcomes" and "error").`;
  }
}

/** Each kind of doubt once, with how many rows have it. */
export function describeWarnings(rows: readonly Row[]): string[] {
  const counts = new Map<string, { warning: SaidWarning; rows: number; line: number }>();
  for (const row of rows) {
    if (row.request === null) continue;
    for (const warning of row.warnings) {
      const code = outerCode(warning.code);
      const known = counts.get(code);
      if (known) known.rows += 1;
      else counts.set(code, { warning, rows: 1, line: row.line });
    }
  }
  return [...counts.values()].map(({ warning, rows: n, line }) => {
    const where = n === 1 ? `line ${line}` : `${n} rows, the first in line ${line}`;
    const { message, fix } = sayWarning(warning, null);
    return `${where}: ${message} ${fix}`;
  });
}

/** How steady the judge was, in two lines for a terminal. */
export function describeConsistency({
  verdicts,
  doubtful,
  random,
  flip_rate: rate,
  interval,
}: Consistency): string {
  const part = (name: string, { asked, flipped }: FlipRate) => `${flipped} of ${asked} ${name}`;
  const asked = `Asked twice, of ${verdicts} verdicts: ${part("doubtful", doubtful)} and ${part("random", random)} ones came out differently.`;
  if (rate === null || interval === null) {
    return `${asked}\nToo few for a flip rate over all verdicts.`;
  }
  const [low, high] = interval.map(percentOf);
  return `${asked}\nFlip rate over all verdicts: ${percentOf(rate)} (95 % interval ${low} to ${high}).`;
}

function percentOf(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

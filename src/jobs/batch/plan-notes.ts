import type { BadRow } from "../../contract/job.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Warning } from "../../contract/outcome.ts";
import type { ScoreRequest } from "../../contract/score-request.ts";
import { scoredMetrics } from "../../intake/scored-metrics.ts";

/** What is to be said of a batch after one pass over its rows. */
export class PlanNotes {
  badRows = 0;
  /** Those that are named on the job itself. */
  readonly #named: BadRow[] = [];
  readonly metrics = new Set<string>();
  firstQuestion = "";
  firstText = "";
  isPrivate = false;
  /** Rows that can be scored. */
  answered = 0;
  #differing = 0;
  readonly #counts = new Map<string, { warning: Warning; rows: number; line: number }>();
  #isEmpty = true;

  addBadRow({ line, reason }: BadRow): void {
    this.badRows++;
    if (this.#named.length < LIMITS.badRowsListed) this.#named.push({ line, reason });
  }

  get firstBadRow(): BadRow | undefined {
    return this.#named[0];
  }

  addRow(row: {
    line: number;
    request: ScoreRequest;
    warnings: Warning[];
    differs: boolean;
    noAnswer: string | null;
  }): void {
    const { request, warnings, line } = row;
    if (this.#isEmpty) {
      this.#isEmpty = false;
      this.firstQuestion = request.question;
      this.firstText = `${request.question}\n${request.answer}`;
      this.isPrivate = request.store_text === false;
    }
    for (const metric of scoredMetrics(request)) this.metrics.add(metric);
    if (row.differs) this.#differing++;
    if (row.noAnswer === null) this.answered++;
    const own = row.noAnswer === null ? [] : [noAnswerWarning(row.noAnswer)];
    for (const warning of [...own, ...warnings]) {
      const known = this.#counts.get(warning.code);
      if (known) known.rows++;
      else this.#counts.set(warning.code, { warning, rows: 1, line });
    }
  }

  /** Bad rows by name, the first of them; each kind of doubt once, with how many rows have it. */
  warnings(): Warning[] {
    const warnings = this.#named.map(
      ({ line, reason }): Warning => ({
        code: "bad_row",
        message: `Line ${line}: ${reason}`,
        fix: "The other rows are scored. Fetch these as CSV (bad-rows?format=csv), correct them and send the file again.",
      }),
    );
    for (const { warning, rows, line } of this.#counts.values()) {
      const where = rows === 1 ? `Line ${line}` : `${rows} rows, the first in line ${line}`;
      warnings.push({ ...warning, message: `${where}: ${warning.message}` });
    }
    if (this.#differing > 0) {
      warnings.push({
        code: "row_setting_ignored",
        message: `${this.#differing} rows name another judge, model, fallback or compat than the batch; those of the batch were used.`,
        fix: "A batch has one judge. Send rows for another judge as a batch of their own.",
      });
    }
    return warnings;
  }
}

function noAnswerWarning(reason: string): Warning {
  return {
    code: "no_answer",
    message: reason,
    fix: "It counts as a sample without scores. See why the app gave no answer, or send the row again with one.",
  };
}

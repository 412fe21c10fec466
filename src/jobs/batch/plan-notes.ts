import { LIMITS } from "../../contract/limits.ts";
import type { ScoreRequest } from "../../contract/score-request.ts";
import { scoredMetrics } from "../../intake/scored-metrics.ts";
import { outerCode, type Said, type SaidWarning, said } from "../../words/said.ts";

interface BadRowNote {
  line: number;
  reason: Said;
}

/** What is to be said of a batch after one pass over its rows. */
export class PlanNotes {
  badRows = 0;
  /** Those that are named on the job itself. */
  readonly #named: BadRowNote[] = [];
  readonly metrics = new Set<string>();
  firstQuestion = "";
  firstText = "";
  isPrivate = false;
  /** Rows that can be scored. */
  answered = 0;
  #differing = 0;
  readonly #counts = new Map<string, { warning: SaidWarning; rows: number; line: number }>();
  #isEmpty = true;

  addBadRow({ line, reason }: BadRowNote): void {
    this.badRows++;
    if (this.#named.length < LIMITS.badRowsListed) this.#named.push({ line, reason });
  }

  get firstBadRow(): BadRowNote | undefined {
    return this.#named[0];
  }

  addRow(row: {
    line: number;
    request: ScoreRequest;
    warnings: SaidWarning[];
    differs: boolean;
    noAnswer: Said | null;
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
    const own = row.noAnswer === null ? [] : [said("no_answer", { why: row.noAnswer })];
    for (const warning of [...own, ...warnings]) {
      const code = outerCode(warning.code);
      const known = this.#counts.get(code);
      if (known) known.rows++;
      else this.#counts.set(code, { warning, rows: 1, line });
    }
  }

  /** Bad rows by name, the first of them; each kind of doubt once, with how many rows have it. */
  warnings(): SaidWarning[] {
    const warnings: SaidWarning[] = this.#named.map((row) => said("bad_row", { ...row }));
    for (const { warning, rows, line } of this.#counts.values()) {
      warnings.push({ ...warning, rows: { count: rows, line } });
    }
    if (this.#differing > 0) {
      warnings.push(said("row_setting_ignored", { rows: this.#differing }));
    }
    return warnings;
  }
}

import type { RedactKind } from "../../contract/access.ts";
import type { RejectedRow } from "../../contract/csv.ts";
import type { CriterionRequest, ScoreRequest } from "../../contract/score-request.ts";
import { AppError } from "../../errors.ts";
import type { Row } from "../../intake/batch-rows/row.ts";
import { OWN_FORMAT, type RowFormat } from "../../intake/formats/format.ts";
import { isRecord } from "../../intake/parse-json.ts";
import { redactRequest, redactText, redactValue } from "../../intake/redact.ts";
import { readScoreRequest } from "../../intake/score-request.ts";
import type { BatchOptions } from "../../storage/schema.ts";
import { type Said, type SaidWarning, said } from "../../words/said.ts";

/** A row as it is scored, or why it is not. */
export type BatchRow =
  | {
      line: number;
      request: ScoreRequest;
      warnings: SaidWarning[];
      differs: boolean;
      /** Why there is no answer; null: there is one. */
      noAnswer: Said | null;
    }
  | RejectedRow;

/** Settings that hold for a whole batch, because its run has one judge. */
const SHARED = [
  "judge",
  "judge_model",
  "embedding_model",
  "compat",
  "fallback",
  "consistency",
] as const;

/** Settings of the project the rows are read for. */
export interface ProjectOfRows {
  redact: readonly RedactKind[];
  storeText: boolean;
  criteria: readonly CriterionRequest[];
}

/** Reads rows of one batch. What the batch leaves open, its first good row decides. */
export class RowIntake {
  readonly options: BatchOptions;
  readonly #project: ProjectOfRows;
  readonly #isTable: boolean;
  #isSettled = false;
  /** Whose names the rows have so far; the first that says so decides. */
  format: RowFormat = OWN_FORMAT;

  constructor(options: BatchOptions, project: ProjectOfRows, isTable: boolean) {
    this.#isTable = isTable;
    this.options = { ...options, store_text: project.storeText };
    this.#project = project;
  }

  read(row: Row): BatchRow {
    const { line } = row;
    if ("problem" in row) return this.#reject(line, row.problem, null, row.source);
    try {
      const reading = readScoreRequest(row.fields, this.#project.criteria, {
        format: this.options.format,
        before: this.format,
        isRow: true,
        isTable: this.#isTable,
      });
      if (this.format === OWN_FORMAT) this.format = reading.format;
      this.#settle(reading.request);
      const { request, warnings } = redactRequest(reading.request, this.#project.redact);
      return {
        line,
        request: this.#apply(request),
        noAnswer: reading.noAnswer,
        warnings: [
          ...(row.warnings ?? []),
          ...reading.warnings,
          ...warnings,
          ...this.#mixed(reading.format),
        ],
        differs: SHARED.some(
          (field) => request[field] !== null && request[field] !== this.options[field],
        ),
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const reason = error.said;
      if (isRecord(row.fields)) return this.#reject(line, reason, row.fields, null);
      return this.#reject(line, reason, null, JSON.stringify(row.fields));
    }
  }

  /** Kept as it was sent, so that it can be corrected; of a project that keeps no texts only where and why. */
  #reject(
    line: number,
    reason: Said,
    fields: Record<string, unknown> | null,
    source: string | null,
  ): RejectedRow {
    if (!this.#project.storeText) return { line, reason, fields: null, source: null };
    const { redact } = this.#project;
    const cleaned = redact.length === 0 ? fields : redactValue(fields, redact);
    return {
      line,
      reason,
      fields: isRecord(cleaned) ? cleaned : null,
      source: source === null || redact.length === 0 ? source : redactText(source, redact),
    };
  }

  #mixed(format: RowFormat): SaidWarning[] {
    if (format === this.format) return [];
    return [said("formats_mixed", { format, before: this.format })];
  }

  #settle(request: ScoreRequest): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { options } = this;
    options.judge ??= request.judge;
    options.judge_model ??= request.judge_model;
    options.embedding_model ??= request.embedding_model;
    options.compat ??= request.compat;
    options.fallback ??= request.fallback;
    options.consistency ??= request.consistency;
    options.language ??= request.language;
  }

  #apply(request: ScoreRequest): ScoreRequest {
    const { judge, judge_model, embedding_model, compat, fallback, metrics } = this.options;
    const { consistency = null } = this.options;
    return {
      ...request,
      judge,
      judge_model,
      embedding_model,
      compat,
      fallback,
      consistency,
      metrics: request.metrics ?? (metrics as ScoreRequest["metrics"]),
      criteria: request.criteria ?? this.options.criteria ?? null,
      callback_url: null,
      ...(this.#project.storeText ? {} : { store_text: false as const }),
    };
  }
}

import { INSIGHT_LIMITS } from "../contract/limits.ts";
import { Language } from "../contract/outcome.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { AppError } from "../errors.ts";
import { type GateRule, readRule } from "../scoring/gate-rules.ts";
import { isMetricName, LOWER_IS_BETTER } from "../scoring/metrics/registry.ts";
import { said } from "../words/said.ts";
import { FieldReader } from "./field-reader.ts";
import { isMissing } from "./missing-value.ts";
import type { Notes } from "./notes.ts";
import { openBody } from "./open-body.ts";
import { parseJson } from "./parse-json.ts";

export interface GateReading {
  rules: GateRule[];
  runId: string | null;
  jobId: string | null;
  baseRunId: string | null;
  /** Of the reasons; null: whatever the client reads. */
  language: Language | null;
  /** Everything else: the fields of a sample to be scored first. `metrics` is that of the rules when none is named. */
  sample: Record<string, unknown>;
}

const LONGEST_RULES = 4000;

/**
 * What arrived → rules and what they are about, in every shape a body may have.
 * @throws AppError `invalid_request` with every mistake at once
 */
export function readGateRequest(body: unknown): GateReading {
  const notes: Notes = { errors: [], warnings: [] };
  const given = openBody(body, notes);
  const take = (name: string): unknown => {
    const value = given.get(name);
    given.delete(name);
    return isMissing(value) ? null : value;
  };
  const rules = readRules(take("rules"), notes);
  const [runId, jobId, baseRunId] = ["run_id", "job_id", "base_run_id"].map((name) =>
    readId(take(name), name, notes),
  );
  if (rules.some(({ against }) => against === "base") && !baseRunId) {
    notes.errors.push({ pointer: "#/base_run_id", detail: said("base_run_needed") });
  }
  const [first] = notes.errors;
  if (first) {
    const problem = said("invalid_request.fields", { first: first.detail, more: "" });
    throw new AppError(problem, { errors: notes.errors });
  }
  if (isMissing(given.get("metrics")))
    given.set(
      "metrics",
      rules.map(({ metric }) => metric),
    );
  return {
    rules,
    runId: runId ?? null,
    jobId: jobId ?? null,
    baseRunId: baseRunId ?? null,
    language: readLanguage(new FieldReader(given, notes).language()),
    sample: Object.fromEntries(given),
  };
}

/** One that is neither is said to be wrong where the sample is read. */
function readLanguage(word: string | null): Language | null {
  return Language.safeParse(word).data ?? null;
}

function readRules(value: unknown, notes: Notes): GateRule[] {
  const entries = entriesOf(typeof value === "string" ? value.slice(0, LONGEST_RULES) : value);
  if (entries === null || entries.length === 0) {
    notes.errors.push({ pointer: "#/rules", detail: said("rules_needed") });
    return [];
  }
  return entries.slice(0, INSIGHT_LIMITS.rules).flatMap(([metric, text]) => {
    const pointer = `#/rules/${metric.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!isMetricName(metric) && !metric.startsWith(CRITERION_PREFIX)) {
      const name = JSON.stringify(metric.slice(0, 100));
      notes.errors.push({ pointer, detail: said("no_such_metric", { name }) });
      return [];
    }
    const direction = LOWER_IS_BETTER.has(metric) ? "lower" : "higher";
    const rule = readRule(
      metric,
      typeof text === "number" ? `>= ${text}` : String(text),
      direction,
    );
    if (rule) return [rule];
    notes.errors.push({ pointer, detail: said("rule_unreadable", { metric }) });
    return [];
  });
}

function entriesOf(value: unknown): [string, unknown][] | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value);
  }
  if (typeof value !== "string") return null;
  const parsed = parseJson(value);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
    return Object.entries(parsed);
  }
  return value
    .split(/[,;，；\n]/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const at = line.search(/[<>≥≤＜＞:：]|\bnot\b/);
      if (at < 0) return [line.trim(), ""];
      return [
        line.slice(0, at).trim(),
        line
          .slice(at)
          .replace(/^[:：]/, "")
          .trim(),
      ];
    });
}

function readId(value: unknown, name: string, notes: Notes): string | null {
  if (value === null) return null;
  if (typeof value === "string" && value.length <= 200) return value.trim();
  notes.errors.push({ pointer: `#/${name}`, detail: said("no_id", { field: name }) });
  return null;
}

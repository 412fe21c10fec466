import type { ACCESS_PROBLEMS } from "./access-problems.ts";
import type { BODY_WARNINGS } from "./body-warnings.ts";
import type { NOTICE_WORDS } from "./channel-words.ts";
import type { EXPERIMENT_PHRASES, EXPERIMENT_PROBLEMS } from "./experiment-words.ts";
import type { FAILURES } from "./failures.ts";
import type { FIELD_ERRORS, FIELD_PROBLEMS, ROW_PROBLEMS } from "./field-errors.ts";
import type { JUDGE_WORDS } from "./judge-words.ts";
import type { REQUEST_PHRASES, REQUEST_PROBLEMS } from "./request-problems.ts";
import type { SCHEMA_RULES } from "./schema-rules.ts";
import type { REPLY_WARNINGS, SCORING_WARNINGS } from "./scoring-warnings.ts";
import type { NamesIn, Sentence } from "./sentence.ts";
import type { SERVICE_PHRASES, SERVICE_PROBLEMS } from "./service-problems.ts";
import type { UPLOAD_WARNINGS } from "./upload-warnings.ts";

type WarningTable = typeof BODY_WARNINGS &
  typeof UPLOAD_WARNINGS &
  typeof REPLY_WARNINGS &
  typeof SCORING_WARNINGS;
export type ProblemTable = typeof FIELD_PROBLEMS &
  typeof REQUEST_PROBLEMS &
  typeof ACCESS_PROBLEMS &
  typeof SERVICE_PROBLEMS &
  typeof EXPERIMENT_PROBLEMS;
type Table = WarningTable &
  ProblemTable &
  typeof FIELD_ERRORS &
  typeof ROW_PROBLEMS &
  typeof REQUEST_PHRASES &
  typeof SERVICE_PHRASES &
  typeof EXPERIMENT_PHRASES &
  typeof SCHEMA_RULES &
  typeof JUDGE_WORDS &
  typeof FAILURES &
  typeof NOTICE_WORDS;

export type SentenceCode = keyof Table;

/** What may stand in a sentence: data, other sentences, or words that came in both languages. */
export type Parameter = string | number | Sentence | Said | readonly Parameter[];

/** What is to be said, before it is known in which language. Plain JSON, so it is stored like this. */
export interface Said<Code extends SentenceCode = SentenceCode> {
  readonly code: Code;
  readonly params: Readonly<Record<string, Parameter>>;
  /** Rows of an upload it is said of, and the first of these. */
  readonly rows?: { readonly count: number; readonly line: number };
}

/** What was odd about a submission. */
export type SaidWarning = Said<keyof WarningTable>;

/** Why a job or a sample failed or waits: the code that is told, and the sentence. */
export interface Failure {
  readonly code: string;
  readonly message: Said;
}

/** Of a code and what it speaks of; a code without a sentence, or a missing parameter, does not compile. */
export function said<Code extends SentenceCode>(
  code: Code,
  ...params: [NamesIn<Table[Code]>] extends [never]
    ? []
    : [Readonly<Record<NamesIn<Table[Code]>, Parameter>>]
): Said<Code> {
  return { code, params: params[0] ?? {} };
}

/** The code that is told outside: several sentences may share one, and say behind a dot which they are. */
export function outerCode(code: string): string {
  return code.split(".", 1)[0] ?? code;
}

import { ACCESS_PROBLEMS } from "./access-problems.ts";
import { BODY_WARNINGS } from "./body-warnings.ts";
import { NOTICE_WORDS } from "./channel-words.ts";
import { EXPERIMENT_PHRASES, EXPERIMENT_PROBLEMS } from "./experiment-words.ts";
import { FAILURES } from "./failures.ts";
import { FIELD_ERRORS, FIELD_PROBLEMS, ROW_PROBLEMS } from "./field-errors.ts";
import { JUDGE_WORDS } from "./judge-words.ts";
import { REQUEST_PHRASES, REQUEST_PROBLEMS } from "./request-problems.ts";
import type { Said, SaidWarning } from "./said.ts";
import { SCHEMA_RULES } from "./schema-rules.ts";
import { REPLY_WARNINGS, SCORING_WARNINGS } from "./scoring-warnings.ts";
import type { Advised, Sentence } from "./sentence.ts";
import { SERVICE_PHRASES, SERVICE_PROBLEMS } from "./service-problems.ts";
import { Speaker } from "./speaker.ts";
import { UPLOAD_WARNINGS } from "./upload-warnings.ts";

export const WARNINGS: Readonly<Record<SaidWarning["code"], Advised>> = {
  ...BODY_WARNINGS,
  ...UPLOAD_WARNINGS,
  ...REPLY_WARNINGS,
  ...SCORING_WARNINGS,
};

const SENTENCES: Readonly<Record<Said["code"], Sentence>> = {
  ...WARNINGS,
  ...REQUEST_PROBLEMS,
  ...ACCESS_PROBLEMS,
  ...SERVICE_PROBLEMS,
  ...EXPERIMENT_PROBLEMS,
  ...FIELD_PROBLEMS,
  ...FIELD_ERRORS,
  ...ROW_PROBLEMS,
  ...REQUEST_PHRASES,
  ...SERVICE_PHRASES,
  ...EXPERIMENT_PHRASES,
  ...SCHEMA_RULES,
  ...JUDGE_WORDS,
  ...FAILURES,
  ...NOTICE_WORDS,
};

const speaker = new Speaker(SENTENCES);

export const say = speaker.say.bind(speaker);
export const sayWarning = speaker.sayWarning.bind(speaker);
export const sayFailure = speaker.sayFailure.bind(speaker);

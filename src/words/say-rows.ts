import { BODY_WARNINGS } from "./body-warnings.ts";
import { FIELD_ERRORS, FIELD_PROBLEMS, ROW_PROBLEMS } from "./field-errors.ts";
import { SCHEMA_RULES } from "./schema-rules.ts";
import { Speaker } from "./speaker.ts";
import { UPLOAD_WARNINGS } from "./upload-warnings.ts";

/** What intake says of rows, for pages that read a file themselves: the sentences of the service would be dead weight. */
export const ROW_SPEAKER = new Speaker({
  ...BODY_WARNINGS,
  ...UPLOAD_WARNINGS,
  ...FIELD_PROBLEMS,
  ...FIELD_ERRORS,
  ...ROW_PROBLEMS,
  ...SCHEMA_RULES,
});

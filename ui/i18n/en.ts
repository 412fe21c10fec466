import * as compare from "../features/compare/words/en.ts";
import * as connect from "../features/connect/words/en.ts";
import * as review from "../features/evidence/words/en.ts";
import * as experiments from "../features/experiments/words/en.ts";
import * as firstJob from "../features/first-job/words/en.ts";
import * as jobs from "../features/jobs/words/en.ts";
import * as notifications from "../features/notifications/words/en.ts";
import * as palette from "../features/palette/words/en.ts";
import * as report from "../features/report/words/en.ts";
import * as reviewing from "../features/review/words/en.ts";
import * as runs from "../features/runs/words/en.ts";
import * as settings from "../features/settings/words/en.ts";
import * as submission from "../features/submission/words/en.ts";
import * as submit from "../features/submit/words/en.ts";
import * as testSets from "../features/test-sets/words/en.ts";
import * as upload from "../features/upload/words/en.ts";
import * as core from "./words/en.ts";

/** Every word of the dashboard, for its tests and its types; pages load the sections they need. */
export const en = {
  ...core,
  ...jobs,
  ...firstJob,
  ...runs,
  ...reviewing,
  ...report,
  ...review,
  ...submission,
  ...submit,
  ...upload,
  ...connect,
  ...compare,
  ...notifications,
  ...settings,
  ...palette,
  ...testSets,
  ...experiments,
};

/** `zh/` has the same keys, or it does not compile. */
export type Dictionary = typeof en;

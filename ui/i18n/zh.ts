import * as compare from "../features/compare/words/zh.ts";
import * as connect from "../features/connect/words/zh.ts";
import * as review from "../features/evidence/words/zh.ts";
import * as experiments from "../features/experiments/words/zh.ts";
import * as firstJob from "../features/first-job/words/zh.ts";
import * as jobs from "../features/jobs/words/zh.ts";
import * as notifications from "../features/notifications/words/zh.ts";
import * as palette from "../features/palette/words/zh.ts";
import * as report from "../features/report/words/zh.ts";
import * as reviewing from "../features/review/words/zh.ts";
import * as runs from "../features/runs/words/zh.ts";
import * as settings from "../features/settings/words/zh.ts";
import * as submission from "../features/submission/words/zh.ts";
import * as submit from "../features/submit/words/zh.ts";
import * as testSets from "../features/test-sets/words/zh.ts";
import * as upload from "../features/upload/words/zh.ts";
import type { Dictionary } from "./en.ts";
import * as core from "./words/zh.ts";

export const zh: Dictionary = {
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

import * as compare from "./en/compare.ts";
import * as connect from "./en/connect.ts";
import * as core from "./en/core.ts";
import * as jobs from "./en/jobs.ts";
import * as palette from "./en/palette.ts";
import * as report from "./en/report.ts";
import * as review from "./en/review.ts";
import * as runs from "./en/runs.ts";
import * as settings from "./en/settings.ts";
import * as submit from "./en/submit.ts";
import * as upload from "./en/upload.ts";
import * as warnings from "./en/warnings.ts";

/** Every word of the dashboard, for its tests and its types; pages load the sections they need. */
export const en = {
  ...core,
  ...jobs,
  ...runs,
  ...report,
  ...review,
  ...submit,
  ...upload,
  ...connect,
  ...compare,
  ...settings,
  ...palette,
  ...warnings,
};

/** `zh/` has the same keys, or it does not compile. */
export type Dictionary = typeof en;

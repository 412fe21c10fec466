import type { Dictionary } from "./en.ts";
import * as compare from "./zh/compare.ts";
import * as connect from "./zh/connect.ts";
import * as core from "./zh/core.ts";
import * as jobs from "./zh/jobs.ts";
import * as palette from "./zh/palette.ts";
import * as report from "./zh/report.ts";
import * as review from "./zh/review.ts";
import * as runs from "./zh/runs.ts";
import * as settings from "./zh/settings.ts";
import * as submit from "./zh/submit.ts";
import * as upload from "./zh/upload.ts";
import * as warnings from "./zh/warnings.ts";

export const zh: Dictionary = {
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

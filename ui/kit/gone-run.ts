import { t } from "../i18n/translate.ts";
import type { Gone } from "./error-notice.tsx";

/** What is said where a run was deleted or never was. */
export function goneRun(): Gone {
  return {
    title: t().report.gone,
    text: t().report.goneText,
    href: "/runs",
    link: t().report.toRuns,
  };
}

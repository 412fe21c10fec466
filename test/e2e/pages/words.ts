import { en } from "../../../ui/i18n/en.ts";
import { zh } from "../../../ui/i18n/zh.ts";
import type { View } from "./open-page.ts";

/** The dashboard's own words, so a changed label breaks no test and a missing one does. */
export function wordsOf(view: View): typeof en {
  return view.locale === "zh-CN" ? zh : en;
}

import { t } from "../../i18n/translate.ts";

const MISSING = /^`(question|answer)` is missing or empty/;

/** The commonest reason against a row in the reader's language; the others in the server's words. */
export function sayReason(reason: string): string {
  const field = MISSING.exec(reason)?.[1];
  return field === "question" || field === "answer" ? t().submit.missing[field] : reason;
}

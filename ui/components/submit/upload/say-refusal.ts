import { t } from "../../../i18n/translate.ts";
import type { Refusal } from "./check-rows.ts";

/** The commonest reasons in the reader's language; the others in the server's words. */
export function sayRefusal({ fields, detail }: Refusal): string {
  const known = fields.filter((field) => field === "question" || field === "answer");
  if (known.length === 0 || known.length < fields.length) return detail;
  return known.every((field) => detail.includes(`\`${field}\``)) ||
    detail.includes("is missing or empty")
    ? known.map((field) => t().upload.missing[field]).join(" ")
    : detail;
}

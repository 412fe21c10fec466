import type { Project } from "../../../src/contract-access.ts";
import { REDACT_KINDS } from "../../kit/access-limits.ts";
import type { ProjectChange } from "./settings-api.ts";

/** What a form says that the project does not say already. Fields that were switched off are not in the form. */
export function readProjectChange(form: FormData, known: Project): ProjectChange {
  const wish: ProjectChange = {};
  const name = String(form.get("name") ?? "").trim();
  if (name !== "" && name !== known.name) wish.name = name;
  const chosen = form.getAll("redact");
  const redact = REDACT_KINDS.filter((kind) => chosen.includes(kind));
  const isSame =
    redact.length === known.redact.length && redact.every((kind) => known.redact.includes(kind));
  if (!isSame) wish.redact = redact;
  const storeText = form.has("store_text");
  if (storeText !== known.store_text) wish.store_text = storeText;
  for (const limit of ["samples_per_day", "judge_tokens_per_day"] as const) {
    const text = form.get(limit);
    if (text === null) continue;
    const value = text === "" ? null : Number(text);
    if (value !== known[limit]) wish[limit] = value;
  }
  return wish;
}

import type { TestItem } from "../contract/test-set.ts";
import { isMissing } from "../intake/missing-value.ts";
import { type Said, said } from "../words/said.ts";
import type { App, TargetKind } from "./target-kind.ts";

const FILES: ReadonlySet<string> = new Set(["file", "file-list"]);

/** Why an item cannot be put to an app; null: it can. */
export function whyNotAskable(
  kind: TargetKind,
  app: App,
  { files, inputs }: TestItem,
  given: Readonly<Record<string, unknown>>,
): Said | null {
  if (files !== undefined && files.length > 0 && kind.takesFiles !== true) return said("ask_files");
  const ofQuestion = kind.questionInput?.(app) ?? null;
  const all: Readonly<Record<string, unknown>> = { ...given, ...inputs };
  const missing = app.inputs.filter(
    ({ name, required, type }) =>
      required &&
      name !== ofQuestion &&
      isMissing(all[name]) &&
      !(FILES.has(type) && files !== undefined && files.length > 0),
  );
  if (missing.length === 0) return null;
  return said("ask_inputs_missing", { names: missing.map(({ name }) => name).join(", ") });
}

import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { LIMITS } from "../../contract/limits.ts";
import { CriterionRequest } from "../../contract/score-request.ts";
import { findDoubledName, readCriteria } from "../../intake/read-criteria.ts";
import { UsageError } from "./usage-error.ts";

const Criteria = z.array(CriterionRequest).min(1).max(LIMITS.criteria);

/** The criteria of `--criteria FILE.json`, checked before anything is scored. */
export function readCriteriaFile(path: string): CriterionRequest[] {
  if (!existsSync(path)) throw new UsageError(`there is no file ${path}; check the path.`);
  const read = readCriteria(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  if (read === null) {
    throw new UsageError(`${path} must hold a JSON list of criteria, each with name and text.`);
  }
  const doubled = findDoubledName(read);
  if (doubled !== null) throw new UsageError(`${path} has two criteria named "${doubled}".`);
  const checked = Criteria.safeParse(read);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UsageError(`${path}: ${issue?.path.join(".") || "the list"}: ${issue?.message}.`);
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The labelled rows, as `shared/data/README.md` describes them. Only what the measures need is checked. */

const Keyword = z.object({ text: z.string(), supported: z.number() });

const Label = z.object({
  task: z.string().optional(),
  binary: z.number().optional(),
  score: z.number().optional(),
  relevance: z.array(z.number()).optional(),
  golds: z.array(z.string()).optional(),
  keywords: z.array(Keyword).optional(),
  orientation: z.number().optional(),
  preference: z.record(z.string(), z.number()).optional(),
});

const Side = z.object({
  question: z.string(),
  answer: z.string(),
  contexts: z.array(z.string()).default([]),
  ground_truth: z.string().optional(),
});
export type Side = z.infer<typeof Side>;

const PointRow = Side.extend({ id: z.string(), label: Label });
export type PointRow = z.infer<typeof PointRow>;

const PairRow = z.object({
  id: z.string(),
  better: Side,
  worse: Side,
  label: Label.optional(),
  tie: z.boolean().default(false),
});
export type PairRow = z.infer<typeof PairRow>;

/** Reads one set; throws a sentence that says what to do when it is missing. */
function readLines(dataDir: string, set: string, half: string): unknown[] {
  const path = join(dataDir, `${set}.${half}.jsonl`);
  if (!existsSync(path)) {
    throw new Error(
      `No labelled data at ${path}. Pass the folder that holds the *.${half}.jsonl files: --data DIR`,
    );
  }
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): unknown => JSON.parse(line));
}

export function readPoints(dataDir: string, set: string, half = "dev"): PointRow[] {
  return readLines(dataDir, set, half).map((row) => PointRow.parse(row));
}

export function readPairs(dataDir: string, set: string, half = "dev"): PairRow[] {
  return readLines(dataDir, set, half).map((row) => PairRow.parse(row));
}

import { CsvReader } from "./csv.ts";
import { JsonArrayReader } from "./json-array.ts";
import { JsonObjectsReader } from "./json-objects.ts";
import type { RowReader } from "./row.ts";

export type BatchFormat = "json" | "jsonl" | "csv";

/** The first character tells JSON from the rest; a content type that says CSV is believed. */
export function guessFormat(contentType: string, start: string): BatchFormat {
  if (/\bcsv\b/i.test(contentType)) return "csv";
  const first = start.trimStart()[0];
  if (first === "[") return "json";
  if (first === "{") return "jsonl";
  return /json/i.test(contentType) ? "jsonl" : "csv";
}

export function createRowReader(format: BatchFormat): RowReader {
  switch (format) {
    case "json":
      return new JsonArrayReader();
    case "jsonl":
      return new JsonObjectsReader();
    case "csv":
      return new CsvReader();
    default:
      return format satisfies never;
  }
}

import { JSON_DEPTH, nestsDeeperThan, readJsonText } from "../parse-json.ts";
import type { Row } from "./row.ts";

/** The row a piece of JSON text stands for. */
export function parseRow(text: string, line: number): Row {
  if (nestsDeeperThan(text, JSON_DEPTH)) {
    return {
      line,
      problem: `The JSON nests deeper than ${JSON_DEPTH} levels.`,
      source: text.trim(),
    };
  }
  try {
    return { line, fields: readJsonText(text) };
  } catch {
    return { line, problem: "The row is not valid JSON.", source: text.trim() };
  }
}

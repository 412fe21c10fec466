import { said } from "../../words/said.ts";
import { JSON_DEPTH, nestsDeeperThan, readJsonText } from "../parse-json.ts";
import type { Row } from "./row.ts";

/** The row a piece of JSON text stands for. */
export function parseRow(text: string, line: number): Row {
  if (nestsDeeperThan(text, JSON_DEPTH)) {
    return {
      line,
      problem: said("row_too_deep", { levels: JSON_DEPTH }),
      source: text.trim(),
    };
  }
  try {
    return { line, fields: readJsonText(text) };
  } catch {
    return { line, problem: said("row_no_json"), source: text.trim() };
  }
}

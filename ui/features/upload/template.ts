import Papa from "papaparse";
import { language } from "../../kit/preferences.ts";
import { saveFile } from "../../kit/save-file.ts";
import { EXAMPLES } from "../submit/example.ts";

const HEADS = {
  zh: ["编号", "问题", "回答", "上下文1", "上下文2", "上下文3", "参考答案"],
  en: ["id", "question", "answer", "context_1", "context_2", "context_3", "ground_truth"],
} as const;

/** A table to fill in, with one row that shows how. */
export function saveTemplate(): void {
  const { question, answer, contexts, groundTruth } = EXAMPLES[language()];
  const rows = [HEADS[language()], ["1", question, answer, ...contexts.slice(0, 3), groundTruth]];
  const text = Papa.unparse({ fields: [...HEADS[language()]], data: rows.slice(1) });
  saveFile("touchstone-template.csv", `\uFEFF${text}\r\n`, "text/csv;charset=utf-8");
}

import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Language } from "../../contract/outcome.ts";

/** Written by `node bench/ragas.ts`. */
export const MEASURED = "bench/ragas/measured.json";

const Asked = z.object({
  chatCalls: z.number(),
  embeddingCalls: z.number(),
  promptCharacters: z.number(),
  replyCharacters: z.number(),
  scores: z.record(z.string(), z.number().nullable()),
});
/** What one sample asks of the model. */
export type Asked = z.infer<typeof Asked>;

export const Measured = z.object({
  ragas: z.string(),
  day: z.string(),
  rows: z.array(z.object({ passages: z.number(), touchstone: Asked, ragas: Asked })),
});
export type Measured = z.infer<typeof Measured>;

const WORDS = {
  en: {
    asked: (ragas: string, day: string) =>
      `| Ragas ${ragas}, ${day}; passages | chat calls, Touchstone | Ragas | Ragas ÷ Touchstone | prompt characters, Touchstone | Ragas | Ragas ÷ Touchstone |`,
    scores: "| score with five passages | Touchstone | Ragas |",
  },
  zh: {
    asked: (ragas: string, day: string) =>
      `| Ragas ${ragas}，${day}；段落数 | 对话调用：试金石 | Ragas | Ragas ÷ 试金石 | 提示词字符：试金石 | Ragas | Ragas ÷ 试金石 |`,
    scores: "| 五个段落时的分数 | 试金石 | Ragas |",
  },
} as const;

/** The tables of docs/comparison.md, from what was measured last. */
export function renderMeasured(language: Language): string {
  const { ragas, day, rows } = Measured.parse(JSON.parse(readFileSync(MEASURED, "utf8")));
  const words = WORDS[language];
  const times = (a: number, b: number) => (a / b).toFixed(1);
  const count = (n: number) => n.toLocaleString("en-US");
  const asked = rows.map(({ passages, touchstone, ragas }) =>
    [
      passages,
      touchstone.chatCalls,
      ragas.chatCalls,
      `**${times(ragas.chatCalls, touchstone.chatCalls)}**`,
      count(touchstone.promptCharacters),
      count(ragas.promptCharacters),
      `**${times(ragas.promptCharacters, touchstone.promptCharacters)}**`,
    ].join(" | "),
  );
  const five = rows.find(({ passages }) => passages === 5);
  const score = (value: number | null | undefined) => value?.toFixed(2) ?? "–";
  const scores = Object.entries(five?.touchstone.scores ?? {}).map(
    ([metric, value]) => `\`${metric}\` | ${score(value)} | ${score(five?.ragas.scores[metric])}`,
  );
  return [
    "",
    words.asked(ragas, day),
    `|${" --- |".repeat(7)}`,
    ...asked.map((row) => `| ${row} |`),
    "",
    words.scores,
    "| --- | --- | --- |",
    ...scores.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}

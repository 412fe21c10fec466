import { writeFileSync } from "node:fs";
import { tokenize } from "../../src/judges/offline/tokens.ts";
import { readPoints } from "./rows.ts";

/**
 * Writes src/judges/offline/background.json: the commonest English stems and Chinese bigrams, commonest first,
 * counted once a passage over the passages of the labelled sets. Only the order is kept.
 */
const SETS = [
  "summedits",
  "wice",
  "expertqa",
  "begin",
  "hotpotqa",
  "musique",
  "uhgeval_zh",
  "cmrc_ctx_zh",
];
const KEPT = { word: 1600, han: 1000 };

const dataDir = process.argv[2] ?? new URL("../../../shared/data", import.meta.url).pathname;
const counts = { word: new Map<string, number>(), han: new Map<string, number>() };
for (const set of SETS) {
  const passages = new Set(readPoints(dataDir, set).flatMap((row) => row.contexts));
  for (const passage of passages) {
    // Short pieces, so that one long article does not count like one short paragraph.
    for (const piece of passage.match(/[\s\S]{1,1000}/g) ?? []) {
      const seen = new Set<string>();
      for (const { term, kind } of tokenize(piece)) {
        if (kind === "number" || seen.has(term)) continue;
        seen.add(term);
        counts[kind].set(term, (counts[kind].get(term) ?? 0) + 1);
      }
    }
  }
}
const ranked = (kind: "word" | "han") =>
  [...counts[kind]]
    .filter(([, count]) => count > 2)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, KEPT[kind])
    .map(([term]) => term)
    .join(" ");
writeFileSync(
  new URL("../../src/judges/offline/background.json", import.meta.url),
  `${JSON.stringify({ words: ranked("word"), han: ranked("han") }, null, 1)}\n`,
);

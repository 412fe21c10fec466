import type { Token } from "./tokens.ts";

/** Words between a number and its "than". */
const REACH = 4;
/** 占比, 同比, 百分比 and 比例, 比赛, 比如 set nothing against anything. */
const BEFORE = new Set("占同环对分之相".split(""));
const BEHIND = new Set("例赛重率分如方率值喻".split(""));

/** A number that tells how far apart two values are ("20 dollars more than", 比去年多三成) is neither of them. */
export function isApart(tokens: readonly Token[], at: number): boolean {
  const clause = tokens[at]?.clause;
  const isHere = (place: number) => tokens[place]?.clause === clause;
  for (let i = at + 1; i <= at + REACH && isHere(i); i++) {
    if (tokens[i]?.term === "than") return true;
  }
  for (let i = at - 1; i >= 0 && isHere(i); i--) {
    const { kind, term } = tokens[i] ?? { kind: "word", term: "" };
    if (kind !== "han" || !term.startsWith("比") || BEHIND.has(term.charAt(1))) continue;
    const before = tokens[i - 1];
    if (!(before?.kind === "han" && BEFORE.has(before.term.charAt(0)))) return true;
  }
  return false;
}

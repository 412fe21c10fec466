import type { Verdict } from "../../../scoring/judge.ts";

export const VERDICTS = [
  "supported",
  "contradicted",
  "unsupported",
] as const satisfies readonly Verdict[];

const WORDS: Record<Verdict, string> = {
  supported:
    "supported|support|supports|s|yes|y|true|entailed|entailment|支持|被支持|支持的|已支持|得到支持|" +
    "有依据|是|成立",
  contradicted:
    "contradicted|contradicts|contradiction|contradictory|c|refuted|refutes|conflict|" +
    "conflicting|矛盾|相矛盾|相互矛盾|存在矛盾|冲突|反驳|被反驳|相反",
  unsupported:
    "unsupported|not supported|u|no|n|false|neutral|unknown|not mentioned|" +
    "not enough information|not enough info|insufficient|no evidence|不支持|未支持|不被支持|" +
    "未得到支持|无依据|没有依据|未提及|没有提及|无法判断|无法确定|无关|否|不成立",
};

const VERDICT_OF: ReadonlyMap<string, Verdict> = new Map(
  VERDICTS.flatMap((verdict) => WORDS[verdict].split("|").map((word) => [word, verdict] as const)),
);

/** The verdict a judge's word stands for, in English or Chinese; null for every other word: never a guess. */
export function readVerdict(word: unknown): Verdict | null {
  if (typeof word === "boolean") return word ? "supported" : "unsupported";
  if (typeof word !== "string" || word.length > 40) return null;
  const folded = word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[_-]/g, " ")
    .replace(/[\s."'。]+$/u, "")
    .trim();
  return VERDICT_OF.get(folded) ?? null;
}

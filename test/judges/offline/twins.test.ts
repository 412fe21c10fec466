import { describe, expect, test } from "vitest";
import { CHANGED_UP_TO, judgeTwin } from "../../../bench/judge/twins.ts";

const PASSAGE =
  "Plan A costs $20 and Plan B costs $10. Borel was acquired by Acme in 2019. Lake Oro is one of the largest lakes in Chile. The station is 1.5 km away.";
const SATZ =
  "整机保修三年，电池保修六个月。甲公司收购了乙公司。七天内不可以无理由退货。部分用户同意新条款。";

/** What the passage says, and the same with one thing changed: number, unit, role, quantifier, negation, courtesy around. */
const PAIRS: readonly (readonly [
  kind: string,
  honest: string,
  changed: string,
  passage: string,
])[] = [
  ["binding", "Plan A costs $20.", "Plan A costs $10.", PASSAGE],
  ["swap", "Acme acquired Borel in 2019.", "Acme was acquired by Borel in 2019.", PASSAGE],
  [
    "quantifier",
    "Lake Oro is one of the largest lakes in Chile.",
    "Lake Oro is the largest lake in Chile.",
    PASSAGE,
  ],
  ["unit", "The station is 1500 metres away.", "The station is 1.5 metres away.", PASSAGE],
  [
    "courtesy",
    "Great question! The station is 1.5 km away. I hope this helps!",
    "Great question! The station is 2.5 km away. I hope this helps!",
    PASSAGE,
  ],
  ["数字", "整机保修三年。", "整机保修两年。", SATZ],
  ["否定", "七天内不可以无理由退货。", "七天内可以无理由退货。", SATZ],
  ["量词", "部分用户同意新条款。", "所有用户同意新条款。", SATZ],
  [
    "客套",
    "您好！根据您提供的资料，电池保修六个月。希望对您有帮助！",
    "您好！根据您提供的资料，电池保修八个月。希望对您有帮助！",
    SATZ,
  ],
];

describe("the honest one of two answers is supported, the one with a changed thing is not", () => {
  test.each(PAIRS)("%s: %s", async (kind, honest, changed, passage) => {
    const judged = await judgeTwin({
      id: kind,
      kind,
      lang: "",
      question: "?",
      contexts: [passage],
      honest,
      changed,
    });
    expect(judged.honest).toBeGreaterThanOrEqual(0.7);
    expect(judged.changed).toBeLessThanOrEqual(CHANGED_UP_TO);
  });
});

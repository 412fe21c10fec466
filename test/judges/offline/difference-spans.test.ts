import { describe, expect, test } from "vitest";
import { createOfflineJudge } from "../../../src/judges/offline/offline-judge.ts";
import { readDifference } from "../../../src/scoring/read-difference.ts";
import { scoreSample } from "../../../src/scoring/score-sample.ts";
import { sayDifference } from "../../../src/words/difference-words.ts";

async function evidenceOf(answer: string, contexts: string[]) {
  const sample = {
    question: "?",
    answer,
    passages: contexts,
    reference: null,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };
  const { evidence } = await scoreSample(sample, {
    id: "1",
    metrics: ["faithfulness"],
    judge: createOfflineJudge(),
  });
  return evidence;
}

/** Both sides as written, whatever stands around them: frames, marks, traditional characters, full-width forms, dates. */
const SPANS: readonly (readonly [
  why: string,
  answer: string,
  passages: string[],
  said: string,
  told: string,
])[] = [
  [
    "数字",
    "您好！根据资料，本产品保修三年。希望对您有帮助！",
    ["第一段。", "本产品保修两年……电池另计。"],
    "三年",
    "两年",
  ],
  ["否定", "会员七天内可以无理由退货。", ["会员七天内不可以无理由退货。"], "可以", "不可以"],
  ["繁體", "圖書館每週開放六天。", ["圖書館每週開放五天。"], "六天", "五天"],
  ["日期", "本合同自２０２４年3月15日起生效。", ["本合同自2024年5月15日起生效。"], "3月", "5月"],
  [
    "number",
    "**Note:** According to the document, the ferry carried 240 passengers in its first week.",
    ["Nothing else is known. The ferry carried 420 passengers in its first week."],
    "240",
    "420",
  ],
  [
    "negation",
    "The Orn bridge is not open to cyclists.",
    ["The Orn bridge is open to cyclists."],
    "not open",
    "open",
  ],
  [
    "opposite",
    "Sales of the line fell sharply in spring.",
    ["Sales of the line rose sharply in spring."],
    "fell",
    "rose",
  ],
  [
    "swap",
    "Acme was acquired by Borel in 2019.",
    ["Borel was acquired by Acme in 2019."],
    "Acme was acquired by Borel",
    "Borel was acquired by Acme",
  ],
];

describe("a contradicted claim says what differs, in offsets of both texts", () => {
  test.each(SPANS)("%s", async (_, answer, passages, said, told) => {
    const evidence = await evidenceOf(answer, passages);
    const [claim] = evidence.claims.filter(({ verdict }) => verdict === "contradicted");
    expect(claim && readDifference(claim, evidence)).toEqual({ of: "answer", said, told });
  });

  test("in the agreed words", async () => {
    const evidence = await evidenceOf("本产品保修三年。", ["本产品保修两年。"]);
    const [claim] = evidence.claims;
    const sides = claim && readDifference(claim, evidence);
    if (!sides) throw new Error("nothing differs");
    expect(sayDifference(sides, "zh")).toBe("与段落矛盾：回答说“三年”，段落写“两年”");
    expect(sayDifference(sides, "en")).toBe(
      "contradicts the passages: the answer says “三年”, the passage “两年”",
    );
  });

  test("a supported claim and one that is not mentioned differ in nothing", async () => {
    const evidence = await evidenceOf("本产品保修两年。包装内附赠蓝牙耳机。", ["本产品保修两年。"]);
    expect(evidence.claims.map(({ difference }) => difference)).toEqual([undefined, undefined]);
  });
});

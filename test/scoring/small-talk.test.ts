import { describe, expect, it } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { faultOf } from "../../src/reports/report/fault-of-answer.ts";
import { rescoreSample } from "../../src/reports/report/rescore-sample.ts";
import { diagnoseAll } from "../../src/scoring/diagnose.ts";
import type { Sample } from "../../src/scoring/sample.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";

const METRICS = ["faithfulness", "answer_relevancy", "context_recall", "context_precision"];
const PASSAGES = [
  "商品签收后30天内可以申请退货，须保留原包装。",
  "The watch is water resistant to 50 metres.",
];

function score(question: string, answer: string, more: Partial<Sample> = {}) {
  const sample: Sample = {
    ...{ question, answer, passages: PASSAGES, reference: null },
    ...{ referencePassages: null, retrievedIds: null, referenceIds: null },
    ...more,
  };
  return scoreSample(sample, { id: "s", metrics: METRICS, judge: createOfflineJudge() });
}

describe("a turn that only greets, thanks or takes its leave", () => {
  it.each([
    ["你好", "你好！我是星泉商城的客服，请问有什么可以帮您？"],
    ["您好，在吗？", "您好，我在的。"],
    ["好的，谢谢！", "不客气，祝您购物愉快！"],
    ["没有其他问题了，再见～", "再见，欢迎下次光临星泉商城。"],
    ["Hi there!", "Hello! I am the assistant of the Aurora shop. How can I help?"],
    ["Great, thank you so much 🙏", "You're welcome! Enjoy your new watch."],
    ["ok thanks, bye", "Goodbye, and have a nice day at the lake!"],
  ])("is not accused, whatever is answered: %s", async (question, answer) => {
    const { evidence, outcomes, weightedScore } = await score(question, answer);
    expect(evidence.cause).toBeNull();
    expect(diagnoseAll(evidence, outcomes)).toEqual([]);
    expect(faultOf(evidence)).toBeNull();
    expect(weightedScore).toBeNull();
    for (const metric of METRICS) {
      expect(outcomes[metric]).toMatchObject({ status: "not_applicable", reason: "small_talk" });
    }
    expect(rescoreSample(evidence, METRICS, {})?.outcomes).toEqual(outcomes);
  });

  it("counts as ever when its answer says something against the passages", async () => {
    const { evidence, outcomes } = await score("谢谢", "不客气。签收后7天内可以申请退货。");
    expect(evidence.cause).not.toBeNull();
    expect(outcomes.faithfulness?.value).toBeLessThan(0.5);
  });

  it("is scored when somebody says what the answer should have been", async () => {
    const { outcomes } = await score("你好", "你好！", { reference: "你好，这里是星泉商城。" });
    expect(outcomes.context_recall?.reason).not.toBe("small_talk");
  });

  it.each([
    "你好，退货要几天？",
    "谢谢，那手表防水吗",
    "好的",
    "ok",
    "Thanks, how deep may I dive with it?",
    "Hello world program in Rust",
    "你好吗这个词怎么翻译",
  ])("is no other turn: %s", async (question) => {
    const { evidence } = await score(question, "签收后30天内可以申请退货。");
    expect(evidence.small_talk).toBeUndefined();
  });
});

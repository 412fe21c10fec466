import { describe, expect, it } from "vitest";
import { packSimplified } from "../../../bench/judge/pack-simplified.ts";
import packed from "../../../src/judges/offline/simplified.json" with { type: "json" };
import { readSimplified, toSimplified } from "../../../src/judges/offline/simplified.ts";

describe("traditional characters as simplified ones", () => {
  it.each([
    ["員工入職滿一年後，每年享有10天帶薪年假。", "员工入职满一年后，每年享有10天带薪年假。"],
    ["體驗與聽診 AI 檢索增強生成 RAG 🐉", "体验与听诊 AI 检索增强生成 RAG 🐉"],
    ["简体与 English 不变", "简体与 English 不变"],
    ["", ""],
  ])("%s", (traditional, simplified) => {
    expect(toSimplified(traditional)).toBe(simplified);
  });

  it("packs to what it was unpacked from", () => {
    expect(packSimplified(readSimplified())).toEqual(packed);
    expect(readSimplified().size).toBeGreaterThan(1900);
  });
});

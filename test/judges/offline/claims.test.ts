import { describe, expect, test } from "vitest";
import { check, checks, fill } from "./scene.ts";

const LIGHTHOUSE =
  "The lighthouse at Skerrin was built in 1874 by the engineer Ada Moll. It stands 42 metres high and was automated in 1989. " +
  "The keepers left the island in the same year.";
const GALLERY =
  "青岩美术馆于1998年建成，由建筑师周岚设计。馆内收藏了三百二十件瓷器，每年接待约二十万名观众。美术馆周一不开放。";

describe("what the passages say is supported, by the sentence that says it", () => {
  test.each([
    ["The lighthouse was built in 1874 by Ada Moll.", LIGHTHOUSE, 0],
    ["The Skerrin lighthouse stands 42 metres high.", LIGHTHOUSE, 1],
    ["青岩美术馆由建筑师周岚设计。", GALLERY, 0],
    ["馆内收藏了320件瓷器。", GALLERY, 1],
  ])("%s", async (claim, passage, sentence) => {
    const found = await check(claim, passage);
    expect(found.verdict).toBe("supported");
    expect(found.evidence).toContainEqual({ passage: 0, sentence });
    expect(found.support).toBeGreaterThanOrEqual(0.5);
    expect(found.confidence).toBe(found.support);
  });
});

describe("one changed detail turns the verdict", () => {
  test.each([
    ["a number", "The lighthouse stands 142 metres high.", LIGHTHOUSE],
    ["a year", "The lighthouse was built in 1911 by Ada Moll.", LIGHTHOUSE],
    ["一个数字", "馆内收藏了九百件瓷器。", GALLERY],
    ["年份", "青岩美术馆于2012年建成。", GALLERY],
    ["a negation", "The keepers did not leave the island in the same year.", LIGHTHOUSE],
    ["否定", "美术馆周一开放。", "这家餐厅在河边。美术馆周一不开放。"],
    [
      "an opposite",
      "Sales of the press fell in the spring.",
      "Sales of the press rose in the spring.",
    ],
    ["反义词", "今年工厂的产量下降。", "今年工厂的产量上升。"],
  ])("%s", async (_, claim, passage) => {
    const found = await check(claim, passage);
    expect(found.verdict).toBe("contradicted");
    expect(found.evidence.length).toBeGreaterThan(0);
    expect(found.support).toBeLessThan(0.5);
  });

  test.each([
    ["The shop closes at 9 pm.", "The shop is open from 9 am to 9 pm.", "supported"],
    ["The shop is open until 9 pm.", "The shop closes at 9 pm.", "supported"],
    ["商店晚上九点关门。", "商店的开门时间为早上九点到晚上九点。", "supported"],
    ["The shop closes at 9 am.", "The shop is open from 9 am to 9 pm.", "contradicted"],
    ["The shop is closed on Sundays.", "The shop is open on Sundays.", "contradicted"],
  ])("the end of a span is no opposite of it: %s", async (claim, passage, verdict) => {
    expect((await check(claim, passage)).verdict).toBe(verdict);
  });

  test("who did it to whom lowers the support", async () => {
    const passage = "The museum bought the painting from the Harrow family.";
    const right = await check("The museum bought the painting from the Harrow family.", passage);
    const swapped = await check("The Harrow family bought the painting from the museum.", passage);
    expect(swapped.support).toBeLessThan((right.support ?? 0) - 0.05);
  });
});

describe("what no passage says is unsupported and rests on nothing", () => {
  test.each([
    ["The keeper's daughter later became a famous opera singer in Vienna.", LIGHTHOUSE],
    ["馆长曾获得国际钢琴比赛金奖。", GALLERY],
    ["埃菲尔铁塔在巴黎。", LIGHTHOUSE],
  ])("%s", async (claim, passage) => {
    const found = await check(claim, passage);
    expect(found).toMatchObject({ verdict: "unsupported", evidence: [] });
  });
});

test("each passage that carries the claim alone is named", async () => {
  const found = await check(
    "The lighthouse was built in 1874.",
    "The harbour has two cranes.",
    "The lighthouse was built in 1874.",
    "In 1874 the lighthouse was built.",
  );
  expect(found.jointly).toBe(false);
  expect([...new Set(found.evidence.map(({ passage }) => passage))]).toEqual([1, 2]);
});

test("support that needs two passages is joint", async () => {
  const found = await check(
    "The bridge over the Orn was designed by Tessa Vole, and the ferry closed in 1931.",
    "The bridge over the Orn was designed by Tessa Vole.",
    "The ferry closed in 1931.",
  );
  expect(found).toMatchObject({ verdict: "supported", jointly: true });
  expect(new Set(found.evidence.map(({ passage }) => passage))).toEqual(new Set([0, 1]));
});

test("questions and courtesy are no claims, unless there is nothing else", async () => {
  const answer = "Do you like towers? You should! The lighthouse was built in 1874.";
  expect(checks(await fill({ answer, passages: [LIGHTHOUSE] }))).toHaveLength(1);
  expect(
    checks(await fill({ answer: "Do you like towers?", passages: [LIGHTHOUSE] })),
  ).toHaveLength(1);
});

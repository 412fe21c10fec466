import { describe, expect, test } from "vitest";
import { tokenize } from "../../../src/judges/offline/tokens.ts";
import { check } from "./scene.ts";

const terms = (text: string) => tokenize(text).map(({ term }) => term);

describe("the same value in another notation", () => {
  test("opening hours are two times of day", () => {
    expect(terms("9:00—17:30")).toEqual(["t:540", "t:1050"]);
    expect(terms("9:00-17:30")).toEqual(["t:540", "t:1050"]);
  });

  test("the half of the day belongs to the time", () => {
    expect(terms("下午三点")).toEqual(["t:900"]);
    expect(terms("上午10点至下午4点")).toEqual(["t:600", "t:960"]);
    expect(terms("早上好")).toEqual(["早上", "上好"]);
  });

  test.each([
    ["75% of nurses work at night.", "Three out of four nurses work at night."],
    ["75% of nurses work at night.", "3 out of 4 nurses work at night."],
    ["A quarter of the nurses work at night.", "25% of the nurses work at night."],
    ["25%的受访者每天读书。", "四分之一的受访者每天读书。"],
  ])("%s", async (answer, passage) => {
    const wrong = answer.replace(/\d+%|A quarter/, "40%");
    expect((await check(answer, passage)).support).toBeGreaterThan(
      ((await check(wrong, passage)).support ?? 1) + 0.2,
    );
  });
});

describe("turned twice is the same", () => {
  test.each([
    ["It is not impossible to win.", "It is possible to win."],
    ["It is not forbidden to park here.", "Parking here is allowed."],
  ])("%s", async (answer, passage) => {
    expect((await check(answer, passage)).support).toBeGreaterThanOrEqual(0.7);
  });
});

describe("bounds and prohibitions", () => {
  test("不得 denies", async () => {
    const passage = "未休完的年假不得转到第二年。";
    expect((await check("未休完的年假可以转到第二年。", passage)).verdict).toBe("contradicted");
  });

  test("不得超过 bounds", async () => {
    const passage = "每件行李的重量不得超过23公斤。";
    expect((await check("每件行李的重量上限为23公斤。", passage)).verdict).toBe("supported");
  });

  test.each([
    ["甲药应在饭前半小时服用。", "甲药应在饭后半小时服用。"],
    ["将盖子顺时针旋转即可打开。", "将盖子逆时针旋转即可打开。"],
    ["密码最多只能有12位。", "密码至少要有12位。"],
    ["Dry the sealant for no more than 24 hours.", "Dry the sealant for at least 24 hours."],
    [
      "The court upheld the ruling on the quarry.",
      "The court overturned the ruling on the quarry.",
    ],
  ])("the opposite: %s", async (answer, passage) => {
    expect((await check(answer, passage)).verdict).toBe("contradicted");
  });
});

import { describe, expect, test } from "vitest";
import { check } from "./scene.ts";

const SMOKING = "Smoking is prohibited here. Food is allowed in the lobby.";
const 吸烟 = "本场所禁止吸烟。大堂可以用餐。";
const PLANS = "Plan A is $59 a month; plan B is $39 a month. Both include broadband.";
const 套餐 = "套餐A每月59元，套餐B每月39元。两个套餐都包含宽带。";
const CHARGING =
  "Battery life is roughly 30 hours; ten minutes of charging gives five hours of playback. Wireless charging is not supported.";
const LIBRARY =
  "Library members can borrow 10 books per month free of charge. Late returns cost $0.50 per day.";

/** The same said with other numbers or another negation. */
const FAITHFUL: readonly (readonly [kind: string, answer: string, passage: string])[] = [
  ["how far apart", "Plan A costs 20 dollars more than plan B.", PLANS],
  ["相差多少", "套餐A比套餐B贵二十元。", 套餐],
  ["free", "Members may borrow ten books a month at no charge.", LIBRARY],
  ["免费", "维修不收费。", "保修期内维修免费。"],
  ["cents", "If you are late, you pay fifty cents a day.", LIBRARY],
  ["how often", "一天吃三次，每次2片。", "本品应于餐后30分钟服用，一日三次，每次两片。"],
  ["日 and 天", "请在七天内退货。", "退货须在七日内办理。"],
  ["cannot, not supported", "You cannot charge them wirelessly.", CHARGING],
  ["may not, prohibited", "You may not smoke here.", SMOKING],
  ["不能, 禁止", "这里不能吸烟。", 吸烟],
  ["停用, 禁用", "此功能默认停用。", "此功能默认禁用。"],
  ["不允许, 严禁", "这里不允许吸烟。", "这里严禁吸烟。"],
  ["允许, 不禁止", "允许吸烟。", "本区域不禁止吸烟。"],
  ["不禁止, 允许", "不禁止吸烟。", "本区域允许吸烟。"],
  ["没有禁止, 可以", "馆内没有禁止拍照。", "馆内可以拍照。"],
  ["不禁落泪", "他看完信后落泪了。", "他看完信，不禁落泪。"],
  ["not forbidden, may", "Smoking is not forbidden in the yard.", "Guests may smoke in the yard."],
  ["不宜, 禁用", "孕妇不宜使用。", "孕妇禁用。哺乳期妇女慎用。"],
];

/** And what those texts do contradict. */
const WRONG: readonly (readonly [kind: string, answer: string, passage: string])[] = [
  ["how far apart", "套餐A比套餐B贵五十元。", "套餐A比套餐B贵二十元。"],
  ["免费", "维修要收费。", "保修期内维修免费。"],
  ["allowed, prohibited", "Smoking is allowed here.", SMOKING],
  ["可以, 禁止", "这里可以吸烟。", 吸烟],
  ["允许, 严禁", "这里允许吸烟。", "这里严禁吸烟。"],
  ["启用, 禁用", "此功能默认启用。", "此功能默认禁用。"],
  ["禁止, 不禁止", "禁止吸烟。", "本区域不禁止吸烟。"],
  ["不禁止, 禁止", "不禁止吸烟。", "本区域禁止吸烟。"],
  ["不禁止, 不允许", "不禁止吸烟。", "本区域不允许吸烟。"],
  ["permitted, banned", "Parking is permitted here.", "Parking is banned here."],
  ["可以, 禁用", "孕妇可以使用。", "孕妇禁用。哺乳期妇女慎用。"],
];

describe("said otherwise", () => {
  test.each(FAITHFUL)("%s is no contradiction: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).not.toBe("contradicted");
  });

  test.each(WRONG)("%s contradicts: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).toBe("contradicted");
  });
});

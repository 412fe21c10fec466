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

const 保修 = "设备于2025年6月1日交付，自2025年6月20日起计算保修。";
const WARRANTY =
  "The device was delivered on 1 June 2025, and its warranty runs from 20 June 2025 for two years.";
const 会员 = "普通会员可带一位客人，时间不得超过3小时。金卡会员可带两位客人，上限5小时。";
const 拆机 = "屏幕进水的，厂家负责维修外壳。屏幕进水后自行拆机造成损坏的，厂商不承担维修责任。";
const 支架 = "安装支架前请先断电。支架每6个月检查一次。安装完成后需静置30分钟方可使用。";

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
  ["the later date", "保修从2025年6月20日开始计算。", 保修],
  ["the later date", "The warranty starts on 20 June 2025.", WARRANTY],
  ["the end of a span", "画展到5月8日结束。", "画展自3月2日起举办，至5月8日止。"],
  ["of what was named before", "普通会员可以带一位客人，上限是3小时。", 会员],
  ["another sentence says all of it", "屏幕进水后自行拆机造成的损坏，厂家不负责维修。", 拆机],
  ["完成 holds no other thing's place", "安装支架后需静置30分钟方可使用。", 支架],
  [
    "million above a table",
    "The North sold 12.4 million euros.",
    "Sales by region (million euros):\nNorth 12.4\nSouth 9.1",
  ],
  [
    "denied by the other clause",
    "老用户如果已经认证过，就不用再认证一次。",
    "新注册用户须完成实名认证；已认证的老用户不用重复认证。",
  ],
  [
    "denied by the other clause",
    "The van hit the car from behind, and nobody was hurt.",
    "The van could not brake in time and hit the car from behind.",
  ],
  [
    "not seen since, highest since",
    "Attendance reached 4,200, which had not been seen since 1987.",
    "Attendance reached 4,200, the highest since 1987.",
  ],
  [
    "以来没有, 以来最高",
    "参观人数达到4200人，1987年以来没有这么多。",
    "参观人数达到4200人，为1987年以来最多。",
  ],
  ["costs nothing", "A second copy costs nothing.", "A second copy is free of charge."],
  ["不用买票", "六岁以下儿童入园不用买票。", "六岁以下儿童免费入园。"],
  [
    "to one and not to the other",
    "Residents pay the levy to the town.",
    "Residents pay the levy only to the county and not to the town hall, and visitors pay to the town.",
  ],
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
  ["the sentence that says all of it", "屏幕进水后自行拆机造成的损坏，厂家负责维修。", 拆机],
  ["another number", "安装支架后需静置6分钟方可使用。", 支架],
  ["禁止, 不禁止", "禁止吸烟。", "本区域不禁止吸烟。"],
  ["不禁止, 禁止", "不禁止吸烟。", "本区域禁止吸烟。"],
  ["不禁止, 不允许", "不禁止吸烟。", "本区域不允许吸烟。"],
  ["permitted, banned", "Parking is permitted here.", "Parking is banned here."],
  ["可以, 禁用", "孕妇可以使用。", "孕妇禁用。哺乳期妇女慎用。"],
];

/** How many, how sure, in words that prove nothing against each other; and where they do. */
const GRADES: readonly (readonly [answer: string, passage: string, isSupported: boolean])[] = [
  [
    "Some of the early printers trained as engravers.",
    "Many of the early printers trained as engravers.",
    true,
  ],
  ["大多数学生住校。", "许多学生住校。", true],
  [
    "The covered market is among the oldest in the country.",
    "The covered market is one of the oldest in the country.",
    true,
  ],
  ["You can send the form by post.", "You may send the form by post.", true],
  ["奥罗湖以鳟鱼闻名。", "奥罗湖以鳟鱼闻名，是智利最大的湖泊之一。", true],
  [
    "The covered market is the oldest in the country.",
    "The covered market is one of the oldest in the country.",
    false,
  ],
  ["这座桥是全国最老的桥。", "这座桥是全国最老的桥之一，长一百二十米。", false],
  ["所有学生住校。", "许多学生住校。", false],
  [
    "All of the early printers trained as engravers.",
    "Many of the early printers trained as engravers.",
    false,
  ],
];

describe("said otherwise", () => {
  test.each(GRADES)("%s beside: %s", async (answer, passage, isSupported) => {
    const { verdict, support } = await check(answer, passage);
    expect(verdict).toBe(isSupported ? "supported" : "unsupported");
    if (!isSupported) expect(support).toBeLessThanOrEqual(0.3);
  });

  test.each(FAITHFUL)("%s is no contradiction: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).not.toBe("contradicted");
  });

  test.each(WRONG)("%s contradicts: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).toBe("contradicted");
  });
});

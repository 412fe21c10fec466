import { describe, expect, test } from "vitest";
import { readRespectively } from "../../../src/judges/offline/respectively.ts";
import { check } from "./scene.ts";

const HOURS =
  "Monday to Friday the desk is open from 8 am to 6 pm, on Saturdays from 9 am to 1 pm.";
const FUND = "The fund gave £40,000 to the theatre, £25,000 to the youth orchestra.";
const 套餐 = "标准间每晚380元，豪华间每晚560元，套房每晚980元。";
const OFFER =
  "As a token of our thanks we are offering a 10% discount on your first year of service.";

const COURSE = "The course, whose registration opens on 1 June, starts on 12 July.";
const BAGS =
  "Seat, couchette and sleeper passengers may bring one, two and three bags respectively.";
const 分别 = "甲、乙、丙三种套餐的月费分别为15元、8元和22元。";

/** A value that belongs to something else, or to nothing. */
const TAKEN: readonly (readonly [answer: string, passage: string])[] = [
  ["The youth orchestra received £40,000.", FUND],
  ["On Saturdays the shop is open from 8 am to 6 pm.", HOURS],
  [
    "She has led the bank since March 2009.",
    "Ngozi Adeyemi joined Fernlake Bank in 2009 and has been its chief executive since March 2016.",
  ],
  ["豪华间一晚上980元。", 套餐],
  ["The course starts on 1 June.", COURSE],
  ["Couchette passengers may bring three bags.", BAGS],
  ["乙套餐每月22元。", 分别],
  ["甲套餐每月8元，乙套餐每月15元，丙套餐每月22元。", 分别],
  [
    "Standard members get at most 5 hours.",
    "Standard members may stay for up to 3 hours. Gold members may bring two guests and stay for up to 5 hours.",
  ],
  ["普通会员最多停留5小时。", "普通会员可带一位客人。金卡会员最多停留5小时。"],
  ["The plan can be adapted, with a discount of 15% on the first year.", OFFER],
];

/** A name that another sentence tells of something else. */
const STRAY: readonly (readonly [answer: string, passage: string])[] = [
  [
    "The grant was given to Selwick.",
    "The grant was given to Brackwater. Selwick was also on the list.",
  ],
  ["外部请求首先进入墨羽网关。", "外部请求首先进入青隼网关。墨羽网关只处理机房之间的调用。"],
];

/** The same words with the value that is theirs, or with one that the passage leaves open. */
const KEPT: readonly (readonly [answer: string, passage: string])[] = [
  ["The youth orchestra received £25,000.", FUND],
  ["On Saturdays the shop is open from 9 am to 1 pm.", HOURS],
  ["豪华间一晚上560元。", 套餐],
  ["The course starts on 12 July.", COURSE],
  ["Couchette passengers may bring two bags.", BAGS],
  ["Seat and couchette passengers may bring one and two bags respectively.", BAGS],
  ["乙套餐每月8元。", 分别],
  ["甲套餐每月15元，乙套餐每月8元，丙套餐每月22元。", 分别],
  ["画展到5月8日结束。", "画展自5月2日起举办，至5月8日止。"],
  [
    "Sales fell to £31 million.",
    "Sales slipped to £31 million, down from £34 million a year earlier.",
  ],
  [
    "A two-week stay needs no visa.",
    "Stays of up to 30 days need no visa. A permit costs 40 euros.",
  ],
  ["20公斤的孩子每次喝8毫升。", "10至15公斤的儿童每次5毫升，16至25公斤的儿童每次8毫升。"],
  [
    "员工工作一年之后可以休五天的带薪假期。",
    "员工入职满一年后，每年享有5天带薪年假。未休完的年假可以顺延到次年三月底。",
  ],
  ["由公司的主管来审批报销。", "报销单据由部门主管审批。公司每月十五日付款，没有发票的不予报销。"],
  ["The azeotrope boils at 78.15 °C.", "Ethanol boils at 78.4 °C, the azeotrope boils at 78.1 °C."],
];

describe("each value belongs to the words nearest to it", () => {
  test.each(TAKEN)("taken from something else: %s", async (answer, passage) => {
    expect((await check(answer, passage)).verdict).toBe("contradicted");
  });

  test.each(STRAY)("told of something else: %s", async (answer, passage) => {
    expect((await check(answer, passage)).support).toBeLessThanOrEqual(0.3);
  });

  test.each(KEPT)("no contradiction: %s", async (answer, passage) => {
    expect((await check(answer, passage)).verdict).not.toBe("contradicted");
  });
});

test.each([
  [
    "据公告：去年，甲公司和乙公司的营收分别为5亿元和7亿元；两家公司均无负债。",
    ["据公告：去年", "甲公司的营收为5亿元", "乙公司的营收为7亿元", "；两家公司均无负债。"],
  ],
  [
    "Said the board: the North and South plants employ 120 and 340 people, respectively.",
    ["Said the board:", "the North employ 120 people .", "South plants employ 340 people ."],
  ],
  ["各部门分别提交报告。", null],
  ["Growth was 5% and 7% in 2019 and 2020 respectively.", null],
])("nothing of a sentence that tells of each thing is lost: %s", (sentence, statements) => {
  const read = readRespectively(sentence);
  expect(read?.map((one) => one.trim()) ?? null).toEqual(statements);
});

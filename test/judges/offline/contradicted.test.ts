import { describe, expect, test } from "vitest";
import { check } from "./scene.ts";

/** What only sounds like a contradiction: the same predicate is not denied, or not of the same thing. */
const NOT_PROVED: readonly (readonly [why: string, answer: string, passage: string])[] = [
  [
    "rather grades",
    "The new exhibition hall is playful and bright.",
    "The new exhibition hall is rather playful and bright.",
  ],
  [
    "instead takes turns",
    "Many scholars instead argue that the tomb belongs to the king's brother.",
    "Many scholars argue that the tomb belongs to the king's brother.",
  ],
  [
    "another predicate is denied",
    "The Orn dye cannot be washed out, because its cell wall contains a high share of fatty acids.",
    "The cell wall of the Orn plant contains a high share of fatty acids.",
  ],
  [
    "both words are said on both sides",
    "The lighter boats start in the early and the late race.",
    "The lighter boats start in the late and the early race.",
  ],
  [
    "unable is not able",
    "The cream is for mothers who are unable to sleep.",
    "The cream is for mothers who are not able to sleep.",
  ],
  [
    "not just",
    "The storm doesn't just affect the harbour but the whole coast.",
    "The storm affects the harbour and the whole coast.",
  ],
  [
    "without is no",
    "The old film survived without a projection print.",
    "The old film survived with no projection print.",
  ],
  [
    "a name of another clause",
    "In Corvenia, the Central Bank is the key regulator of the banking sector.",
    "Primarily, the Central Bank is the key regulator of the banking sector.",
  ],
  [
    "a name the passage says too",
    "Vesta Labs sells Blue Roof Panels that reduce energy consumption.",
    "At Vesta Labs we help firms like Oro Group reduce energy consumption with our Blue Roof Panels.",
  ],
  [
    "at least is not below over",
    "There are over 45,700 species of spiders.",
    "There are at least 45,700 species of spiders.",
  ],
  [
    "a condition denies nothing",
    "If the parcel does not arrive, call us.",
    "The parcel arrives on Monday; call us about anything else.",
  ],
  [
    "another kind of the thing",
    "These rules are non-tariff barriers to trade.",
    "Tariffs and other barriers to trade have grown.",
  ],
  [
    "sets two things against each other",
    "Tactics of the industry promote formula milk products and exploit fears.",
    "It is the industry, not the product, that exploits fears.",
  ],
  ["改成主动句", "青隼网关调用墨羽网关。", "墨羽网关被青隼网关调用。"],
  ["改成被动句", "禾汀生物被澄岳医药收购。", "去年，澄岳医药以12亿元收购了禾汀生物。"],
  ["另一个动词", "居民参加了周末社区义诊。", "周末社区义诊吸引了居民参加。"],
  [
    "sued in other words",
    "Harrow Media sued Pellucid over a copied engine.",
    "In April, Harrow Media filed a lawsuit against Pellucid over a copied engine.",
  ],
  ["the second is another year", "没用掉的年假不能转到第二年。", "没用掉的年假不得转到下一年度。"],
  ["另一个谓语", "该材料不含铅，可以回收利用。", "该材料可以回收利用。"],
];

const PROVED: readonly (readonly [why: string, answer: string, passage: string])[] = [
  ["比上一代大, 小", "新款空调的噪音比上一代大。", "新款空调的噪音比上一代小。"],
  ["高, 低", "价格比去年高。", "价格比去年低。"],
  ["升, 降", "水库水位升到了120米。", "水库水位降到了120米。"],
  ["开门, 关门", "门店晚上开门。", "门店晚上关门。"],
  ["过低, 过高", "温度过低会报警。", "温度过高会报警。"],
  ["离线, 在线", "客户端支持离线使用。", "客户端仅支持在线使用。"],
  [
    "off, enabled",
    "Two-factor login is switched off by default.",
    "Two-factor login is enabled by default for all new accounts.",
  ],
  [
    "noisier",
    "The new model is noisier than the old one.",
    "The new model is quieter than the old one.",
  ],
  ["谁收购谁", "澄岳医药被禾汀生物收购。", "去年，澄岳医药以12亿元收购了禾汀生物。"],
  ["谁调用谁", "墨羽网关调用青隼网关。", "墨羽网关被青隼网关调用。"],
  ["谁投资谁", "麦浪科技投资了云杉资本。", "云杉资本向初创公司麦浪科技注资两千万元。"],
  ["谁胜谁", "西岭队战胜了东港队。", "决赛中，东港队以2比1击败西岭队。"],
  [
    "who sued whom",
    "Pellucid sued Harrow Media over a copied engine.",
    "In April, Harrow Media filed a lawsuit against Pellucid over a copied engine.",
  ],
  ["negation", "The Orn bridge is not open to cyclists.", "The Orn bridge is open to cyclists."],
  [
    "number",
    "The ferry carried 240 passengers in its first week.",
    "The ferry carried 420 passengers in its first week.",
  ],
  [
    "opposite",
    "Sales of the ferry line fell sharply in spring.",
    "Sales of the ferry line rose sharply in spring.",
  ],
  [
    "another value of the same thing",
    "The X200 has a warranty of nine years.",
    "The X200 comes with a two-year warranty.",
  ],
  [
    "direction of a number",
    "Rainfall in the valley is 25% higher than in 1990.",
    "Rainfall in the valley has decreased by 25% since 1990.",
  ],
  ["数字的方向", "公司的研发投入比前一年少18%。", "公司去年的研发投入增长了18%。"],
  ["否定", "会员可以在七天内退货。", "会员不可以在七天内退货。"],
  ["数字", "图书馆每周开放六天。", "图书馆每周开放五天。"],
  ["反义", "去年门票收入下降了一成。", "去年门票收入上升了一成。"],
];

describe("contradicted needs a proof", () => {
  test.each(NOT_PROVED)("%s: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).not.toBe("contradicted");
  });

  test.each(PROVED)("%s: %s", async (_, answer, passage) => {
    expect((await check(answer, passage)).verdict).toBe("contradicted");
  });
});

import { describe, expect, test } from "vitest";
import { isAbstention } from "../../../src/judges/offline/abstention.ts";
import { typeOfQuestion } from "../../../src/judges/offline/question-type.ts";
import { fill } from "./scene.ts";

async function relevancy(question: string, answer: string): Promise<number> {
  const { answerRelevancy } = await fill({ question, answer });
  return answerRelevancy?.ok ? answerRelevancy.value : Number.NaN;
}

async function ranked(question: string, passages: string[], reference: string | null = null) {
  const { relevance } = await fill({ question, answer: "x", passages, reference });
  if (!relevance?.ok) throw new Error("relevance is always known");
  return relevance.value;
}

describe("answer relevancy", () => {
  test.each([
    [
      "When was the Orn bridge opened?",
      "The Orn bridge was opened in 1931.",
      "Salted herring keeps for months in a cool cellar.",
    ],
    [
      "Who painted the blue horses?",
      "Lena Foss.",
      "The blue whale eats small krill in cold waters.",
    ],
    [
      "公司今年的研发投入是多少？",
      "公司今年研发投入为3.2亿元，占营业收入的5%。",
      "您好，感谢您对公司的关注！",
    ],
    [
      "贵公司有没有出口业务？",
      "公司目前有出口业务，主要面向东南亚。",
      "您好，请关注公司后续公告，谢谢！",
    ],
  ])("%s", async (question, good, bad) => {
    expect(await relevancy(question, good)).toBeGreaterThan((await relevancy(question, bad)) + 0.1);
  });

  test.each([
    ["Is the watch waterproof?", "Yes, it withstands depths of 50 metres."],
    ["Is the watch waterproof?", "No."],
    ["Do you ship to Norway?", "Yes: parcels leave twice a week."],
    ["手表防水吗？", "可以，50 米以内都没问题。"],
    ["特斯拉是公司客户吗？", "不是"],
    ["是否支持分期付款？", "是的，最多 12 期。"],
  ])("%s %s replies to what was asked", async (question, answer) => {
    expect(await relevancy(question, answer)).toBeGreaterThanOrEqual(0.75);
  });

  test.each([
    ["Is it blue or green?", "Yes, bananas are yellow."],
    ["他几点到？", "是的，香蕉很好吃。"],
    ["How long is the warranty?", "Yes, bananas are yellow."],
  ])("%s %s does not", async (question, answer) => {
    expect(await relevancy(question, answer)).toBeLessThan(0.5);
  });

  test.each([
    ["Is the watch waterproof?", "It resists water to 50 metres."],
    ["这块手表防水吗？", "它防水 50 米。"],
    ["鞋子可以退吗？", "30天内都能退换。"],
    ["Does the plan include dental care?", "It covers two check-ups a year."],
    ["How long does the battery last?", "About ten hours."],
    ["How often should the filter be changed?", "It should be replaced every three months."],
    ["公司总部在哪里？", "位于上海浦东。"],
    ["Where is the head office?", "It is in Berlin."],
    ["航班为什么取消？", "由于大雾无法起飞。"],
    ["Why was the flight cancelled?", "It could not take off because of fog."],
    ["Who wrote Faust?", "It was written by Goethe."],
    ["What colour is the car?", "It is red."],
    ["保险保什么？", "它承保盗窃和火灾。"],
    ["Do you ship to Norway?", "We send parcels there twice a week."],
  ])("%s %s says what is asked of it, whose name it leaves out", async (question, answer) => {
    expect(await relevancy(question, answer)).toBeGreaterThanOrEqual(0.7);
  });

  test.each([
    ["Is the watch waterproof?", "It was made in Switzerland."],
    ["这块手表防水吗？", "它售价 300 元。"],
    ["How high is the tower?", "It costs 20 euros."],
    ["自行车有多重？", "它售价五百元。"],
    ["该大楼什么时候建成？", "它有三十层。"],
    ["How long does the battery last?", "It weighs 40 grams."],
    ["公司总部在哪里？", "它有三百名员工。"],
    ["Who wrote Faust?", "It was first performed in Brunswick."],
  ])("%s %s says something else of it", async (question, answer) => {
    expect(await relevancy(question, answer)).toBeLessThan(0.5);
  });

  test.each([
    ["Why is the road closed?", "It is being repaired.", "The road is being repaired."],
    ["这块手表防水吗？", "五十米内没问题，可以戴着游泳。", "五十米内可以戴着游泳。"],
  ])("%s %s is what the reference says", async (question, answer, reference) => {
    const { answerRelevancy, answerClaims } = await fill({ question, answer, reference });
    expect(answerRelevancy).toEqual({ ok: true, value: 0.7 });
    expect(answerClaims).toMatchObject({ ok: true, value: [{ onTopic: true }] });
  });

  test("an answer that declines has none", async () => {
    expect(await relevancy("Who painted the blue horses?", "I don't know.")).toBe(0);
    expect(await relevancy("谁画了蓝马？", "根据提供的资料，无法回答这个问题。")).toBe(0);
  });

  test.each([
    ["How many people came?", "number"],
    ["In which year did it end?", "time"],
    ["who sang it", "person"],
    ["where is the mill", "place"],
    ["为什么延期？", "reason"],
    ["股东人数是多少？", "number"],
    ["公司是否有贷款？", "yes_no"],
    ["Name the river.", "thing"],
  ])("%s asks for a %s", (question, asked) => {
    expect(typeOfQuestion(question)).toBe(asked);
  });
});

describe("abstention", () => {
  test.each([
    "I don't know.",
    "I'm sorry, but I can't answer that from the given context.",
    "The context does not mention the price.",
    "There is not enough information to say.",
    "抱歉，我无法回答。",
    "根据上下文，无法确定具体日期。",
    "资料中没有提到这一点。",
    "我不知道。",
    "Unknown.",
  ])("%s", (answer) => expect(isAbstention(answer)).toBe(true));

  test.each([
    "I'm not sure, but I do know that the bridge was opened in 1931.",
    "The museum is not open on Mondays.",
    "As a model I don't have access to live data. However, the bridge was opened in 1931.",
    "公司没有出口业务。",
    "不过该方案没有提高成本。",
    "The cause is unknown to most visitors of the island.",
  ])("%s is an answer", (answer) => expect(isAbstention(answer)).toBe(false));
});

describe("passage relevance", () => {
  test("the passage that answers comes first", async () => {
    const english = await ranked("When was the Orn bridge opened?", [
      "Herring was salted in the cellar.",
      "The Orn bridge was opened in 1931 by the mayor.",
      "The ferry ran for many years.",
    ]);
    expect(Math.max(...english.scores)).toBe(english.scores[1]);
    expect(english.answerable).toBe("full");
    const chinese = await ranked("青岩美术馆是谁设计的？", [
      "渔港每天五点开市。",
      "青岩美术馆由周岚设计。",
    ]);
    expect(chinese.scores[1]).toBeGreaterThan(chinese.scores[0] ?? 1);
  });

  test.each([
    {
      question: "入职满一年的员工每年有几天年假？没休完怎么办？",
      passages: [
        "员工入职满一年后，每年享有10天带薪年假。",
        "未休完的年假最多可以结转5天到次年，且必须在次年3月31日之前休完。",
        "年会定于12月举行。",
      ],
      reference: "每年10天带薪年假；最多结转5天，次年3月31日前休完。",
    },
    {
      question: "How long may I keep it, and what then?",
      passages: [
        "Members may keep a book for 28 days.",
        "After that a fee of 20 cents a day is due.",
        "The library has a garden.",
      ],
      reference: "Members may keep a book for 28 days. After that a fee of 20 cents a day is due.",
    },
  ])("a passage that proves a part of the reference serves at least in part", async (sample) => {
    const { scores, answerable } = await ranked(sample.question, sample.passages, sample.reference);
    expect(Math.min(...scores.slice(0, 2))).toBeGreaterThanOrEqual(0.35);
    expect(scores[2]).toBeLessThan(0.1);
    expect(answerable).not.toBe("none");
  });

  test("the second hop is reached over the name the first passage gives", async () => {
    const { scores } = await ranked("Where was the founder of the Halvar Press born?", [
      "Halvar Press: The Halvar Press is a publishing house founded by Tessa Vole in 1902.",
      "Nordic Lamp: The Nordic Lamp is a lamp maker founded in 1911.",
      "Tessa Vole: Tessa Vole (born in Bergmark) was a printer.",
    ]);
    expect(scores[2]).toBeGreaterThan(2 * (scores[1] ?? 1));
  });

  test.each([
    [
      "秦岚堂的经营范围有哪些？",
      [
        "这家酒楼有哪些特色？菜单上有哪些，客人一看便知。",
        "秦岚堂（1902年创立），主营药材和茶叶的经营。",
      ],
    ],
    [
      "退货有什么条件？",
      ["本店有什么特色？有什么活动？请看介绍。", "退货条件：商品未拆封，七天之内。"],
    ],
    [
      "緩沖帶是怎樣形成的？",
      ["他是怎樣的人？沒有人知道是怎樣的。", "緩沖帶由河水帶來的泥沙形成。"],
    ],
  ])("asking words weigh nothing: %s", async (question, passages) => {
    const { scores } = await ranked(question, passages);
    expect(scores[1]).toBeGreaterThan(scores[0] ?? 1);
  });

  test("the reference raises the passage that holds the answer", async () => {
    const passages = ["The ferry ran for years.", "Old papers name Bergmark."];
    const without = await ranked("Where was she born?", passages);
    const withReference = await ranked("Where was she born?", passages, "Bergmark");
    expect(withReference.scores[1]).toBeGreaterThan(without.scores[1] ?? 1);
  });
});

import { describe, expect, test } from "vitest";
import { createAdviceWriter } from "../../src/judges/chat/advice-writer.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { renderAdviceMarkdown } from "../../src/reports/text/advice-markdown.ts";
import { briefEngineer, readParagraphs } from "../../src/reports/text/engineer-brief.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

function makeRun(language: "zh" | "en") {
  const samples = FAULTS.map((fault, index) =>
    scoreEvidence(perfectEvidence(fault.plant(cleanScene(language, index), index))),
  );
  const input = inputOf(samples, language);
  return { input, report: buildReport(input) };
}

const reply = (...paragraphs: unknown[]) => ({ paragraphs });

describe.each(["zh", "en"] as const)("a reply (%s)", (language) => {
  const { input, report } = makeRun(language);
  const brief = briefEngineer(report);
  const [first] = brief.items;
  if (!first) throw new Error("no advice");

  test("the brief holds the advice in its order, and no word of any sample", () => {
    expect(brief.items.map(({ id }) => id)).toEqual(report.advice.map(({ id }) => id));
    const text = JSON.stringify(brief);
    for (const { evidence } of input.samples) expect(text).not.toContain(evidence?.question);
  });

  test("numbers are filled in by code", () => {
    const text = "先改这里，{A1.bound}，{A1.weak} / {A1.total}。";
    const filled = readParagraphs(brief, reply({ id: "A1", text }));
    const { "A1.bound": bound, "A1.weak": weak, "A1.total": total } = first.placeholders;
    expect(filled).toEqual({ A1: `先改这里，${bound}，${weak} / ${total}。` });
  });

  test.each([
    ["a number of its own", { id: "A1", text: "It brings 42 percent." }],
    ["a placeholder there is not", { id: "A1", text: "It brings {A1.luck}." }],
    ["a placeholder of another advice", { id: "A1", text: "It brings {A2.bound}." }],
    ["an advice there is not", { id: "A99", text: "Do it." }],
    ["no text", { id: "A1", text: "  " }],
    ["endless text", { id: "A1", text: "do ".repeat(2000) }],
    ["another shape", { id: 1, text: ["Do it."] }],
    ["full-width figures", { id: "A1", text: "可提升４２。" }],
    ["figures of another script", { id: "A1", text: "It brings ٤٢." }],
    ["a fraction", { id: "A1", text: "It mends ¾ of them." }],
    ["a number in words", { id: "A1", text: "It brings forty points." }],
    ["a share in words", { id: "A1", text: "可减少百分之四十的错误。" }],
    ["a multiple in words", { id: "A1", text: "效果提升三倍。" }],
    ["tenths in words", { id: "A1", text: "能修好八成的样本。" }],
    ["half a placeholder", { id: "A1", text: "It brings {A1.bound." }],
    ["a placeholder in another alphabet", { id: "A1", text: "It brings {А1.bound}." }],
    ["a bare link", { id: "A1", text: "See https://evil.example for more." }],
    ["a link without scheme", { id: "A1", text: "详见 www.evil.example 。" }],
    ["a Markdown link", { id: "A1", text: "Read [this](//evil.example)." }],
    ["a tag", { id: "A1", text: "Do <img src=x onerror=alert()> it." }],
    ["a comment", { id: "A1", text: "Do <!-- hidden --> it." }],
    ["code", { id: "A1", text: "Run `rm -rf`." }],
    ["bold", { id: "A1", text: "**Now** do it." }],
    ["a heading", { id: "A1", text: "# 建议\n先改检索。" }],
    ["a table", { id: "A1", text: "a | b" }],
    ["an invisible sign", { id: "A1", text: "Do\u200b it." }],
    ["a sign that turns the text around", { id: "A1", text: "Do \u202eti od." }],
    ["our own prompt", { id: "A1", text: "Write its placeholder in braces, exactly as listed." }],
    ["our own prompt in Chinese", { id: "A1", text: "系统提示：你是资深的工程师。" }],
  ])("%s: the rule's text stands alone", (_why, paragraph) => {
    expect(readParagraphs(brief, reply(paragraph))).toEqual({});
  });

  test("the same id twice is none, and the others stay", () => {
    const twice = { id: "A1", text: "Do it." };
    expect(readParagraphs(brief, reply(twice, twice, { id: "A2", text: "好。" }))).toEqual({
      A2: "好。",
    });
    for (const nothing of [null, "text", [], {}, { paragraphs: "x" }]) {
      expect(readParagraphs(brief, nothing)).toEqual({});
    }
  });

  test("stands in the advice as text, never as Markdown of its own", () => {
    const attack = "看 [link](https://evil.example) <img src=x> # **bold**";
    const written = buildReport(input, { engineer: { A1: attack } });
    const markdown = renderAdviceMarkdown(input, written);
    expect(markdown).toContain(
      language === "zh"
        ? "### 工程师说明（由模型"
        : "### In an engineer's words (written by the model",
    );
    expect(markdown).not.toContain("](https://evil.example)");
    expect(markdown).not.toMatch(/(?<!\\)<img/);
  });
});

/** Remembered answers, as the tables keep them. */
function memoryStore() {
  const bodies = new Map<string, string>();
  return {
    bodies,
    get: async (keys: readonly string[]) =>
      new Map([...bodies].filter(([key]) => keys.includes(key))),
    put: async (entries: readonly { key: string; body: string }[]) => {
      for (const { key, body } of entries) bodies.set(key, body);
    },
  };
}

test.each(["zh", "en"] as const)(
  "a %s report built twice pays for its words once",
  async (language) => {
    const brief = briefEngineer(makeRun(language).report);
    let calls = 0;
    let content = "nonsense";
    const store = memoryStore();
    const settings = {
      baseURL: "https://model.test/v1",
      apiKey: "k",
      model: "m",
      embeddingModel: null,
      fetch: async () => {
        calls++;
        return Response.json({
          choices: [{ finish_reason: "stop", message: { content } }],
          usage: { prompt_tokens: 300, completion_tokens: 40 },
        });
      },
    };
    await createAdviceWriter(settings, "default", store)(brief);
    expect(store.bodies.size).toBe(0);
    content = JSON.stringify(reply({ id: "A1", text: "先改 {A1.bound}。" }));
    const first = await createAdviceWriter(settings, "default", store)(brief);
    const again = await createAdviceWriter(settings, "default", store)(brief);
    expect(calls).toBe(2);
    expect(again.reply).toEqual(first.reply);
    expect(again.usage).toEqual({
      judge_calls: 0,
      cached_calls: 1,
      prompt_tokens: 0,
      completion_tokens: 0,
    });
    await createAdviceWriter({ ...settings, model: "another" }, "default", store)(brief);
    expect(calls).toBe(3);
  },
);

test("one call, in the language of the run, whose tokens are counted", async () => {
  const { report } = makeRun("zh");
  const bodies: { messages: { content: string }[] }[] = [];
  const write = createAdviceWriter(
    {
      baseURL: "https://model.test/v1",
      apiKey: "k",
      model: "m",
      embeddingModel: null,
      fetch: async (_url, init) => {
        bodies.push(JSON.parse(String(init?.body)));
        const content = JSON.stringify(reply({ id: "A1", text: "先改 {A1.bound}。" }));
        return Response.json({
          choices: [{ finish_reason: "stop", message: { content } }],
          usage: { prompt_tokens: 300, completion_tokens: 40 },
        });
      },
    },
    "default",
  );
  const brief = briefEngineer(report);
  const written = await write(brief);
  expect(bodies).toHaveLength(1);
  expect(bodies[0]?.messages[0]?.content).toContain("简体中文");
  expect(written.usage).toMatchObject({
    judge_calls: 1,
    prompt_tokens: 300,
    completion_tokens: 40,
  });
  expect(Object.keys(readParagraphs(brief, written.reply))).toEqual(["A1"]);
});

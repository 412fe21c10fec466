import { beforeEach, describe, expect, it } from "vitest";
import type { ChangedTestSet, ImportedTestSet, TestItemPage } from "../../src/contract/test-set.ts";
import { connect, createSet, emptyExperiments, items } from "./experiment-world.ts";
import { SAMPLE_ZH, send } from "./http.ts";

beforeEach(emptyExperiments);

const itemsOf = async (id: string) =>
  ((await (await send(`/api/test-sets/${id}/items`)).json()) as TestItemPage).items;

async function importInto(
  id: string,
  body: string | Uint8Array,
  type: string,
): Promise<ImportedTestSet> {
  const headers = { "Content-Type": type };
  const answer = await send(`/api/test-sets/${id}/import`, { body, headers });
  if (answer.status !== 200) throw new Error(await answer.text());
  return answer.json();
}

describe("a test set", () => {
  it("has a version that its items make, whatever their order", async () => {
    const [a, b] = [await createSet(items(5)), await createSet(items(5).toReversed())];
    expect(a.version).toBe(b.version);
    const changed = await send(`/api/test-sets/${a.test_set_id}/items`, {
      method: "PATCH",
      json: { put: [{ id: "q001", question: "改过的问题？" }], remove: ["q004"] },
    });
    const after = (await changed.json()) as ChangedTestSet;
    expect([after.items, after.version === b.version]).toEqual([4, false]);
    expect((await itemsOf(a.test_set_id)).map(({ id }) => id)).toEqual([
      "q000",
      "q001",
      "q002",
      "q003",
    ]);
    const back = await send(`/api/test-sets/${a.test_set_id}/items`, {
      method: "PATCH",
      json: { put: items(5) },
    });
    expect(((await back.json()) as ChangedTestSet).version).toBe(b.version);
  });

  it("knows an item without an id by what it says, so that the same file changes nothing", async () => {
    const rows = [{ question: "年假有几天？" }, { question: "How many days?" }];
    const set = await createSet(rows);
    const again = await send(`/api/test-sets/${set.test_set_id}/items`, {
      method: "PATCH",
      json: { put: rows },
    });
    expect(await again.json()).toMatchObject({ items: 2, version: set.version });
  });

  it("names items whose own reference their documents contradict or do not hold", async () => {
    const { doubtful } = await createSet([
      {
        id: "right",
        question: "年假有几天？",
        ground_truth: "年假有十天。",
        reference_contexts: ["员工每年的年假有十天。"],
      },
      {
        id: "wrong",
        question: "保修几年？",
        ground_truth: "保修期为五年。",
        reference_contexts: ["X200 的保修期为两年。"],
      },
      {
        id: "absent",
        question: "Who approves?",
        ground_truth: "The head of finance approves travel.",
        reference_contexts: ["The canteen opens at noon."],
      },
      { id: "bare", question: "几点下班？", ground_truth: "六点。" },
    ]);
    expect(doubtful).toMatchObject([
      { item_id: "wrong", doubt: "contradicted", claim: expect.stringContaining("五年") },
      { item_id: "absent", doubt: "not_held", evidence: null },
    ]);
  });

  it.each(["jsonl", "csv"])("comes back whole from its own export as %s", async (format) => {
    const rows = [
      ...items(3),
      {
        ...{
          id: "all",
          question: "=HYPERLINK(1)，“引号”",
          ground_truth: "第一行\n第二行",
          tags: { topic: "假期" },
        },
        ...{
          reference_contexts: ["一", "two"],
          reference_ids: ["d1"],
          inputs: { region: "华东", n: 3 },
        },
        ...{ turns: ["先问这个"], files: [{ type: "image", url: "https://example.com/a.png" }] },
      },
    ];
    const set = await createSet(rows);
    const file = await send(`/api/test-sets/${set.test_set_id}/export?format=${format}`);
    const other = await createSet([]);
    const type = file.headers.get("Content-Type") ?? "";
    const imported = await importInto(other.test_set_id, await file.text(), type);
    expect(imported).toMatchObject({ imported: 4, bad_rows: [], version: set.version });
    expect(await itemsOf(other.test_set_id)).toEqual(await itemsOf(set.test_set_id));
  });
});

describe("an import", () => {
  it.each([
    [
      "Ragas",
      '{"user_input":"年假有几天？","reference":"十天。","reference_contexts":["年假有十天。"]}\n',
      "application/x-ndjson",
      { ground_truth: "十天。", reference_contexts: ["年假有十天。"] },
    ],
    [
      "DeepEval",
      '[{"input":"年假有几天？","expected_output":"十天。","context":["年假有十天。"]}]',
      "application/json",
      { ground_truth: "十天。", reference_contexts: ["年假有十天。"] },
    ],
    [
      "Dify's annotations",
      "question,answer\r\n年假有几天？,十天。\r\n",
      "text/csv",
      { ground_truth: "十天。" },
    ],
    [
      "samples of runs, whose answers are no references",
      '{"question":"年假有几天？","answer":"九天。","contexts":["年假有十天。"]}\n',
      "application/x-ndjson",
      {},
    ],
  ])("recognises %s", async (_name, body, type, expected) => {
    const set = await createSet([]);
    await importInto(set.test_set_id, body, type);
    const [item] = await itemsOf(set.test_set_id);
    const { id: _id, question, ...rest } = item ?? { id: "", question: "" };
    expect(question).toBe("年假有几天？");
    expect(rest).toEqual(expected);
  });

  it("reads what Excel writes in China, and names the rows it cannot read", async () => {
    const set = await createSet([]);
    // "问题,参考答案" and one row, in GB 18030.
    const bytes = Uint8Array.from([
      0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb2, 0xce, 0xbf, 0xbc, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a, 0xbc,
      0xb8, 0xcc, 0xec, 0x3f, 0x2c, 0xca, 0xae, 0xcc, 0xec, 0x0a,
    ]);
    await importInto(set.test_set_id, bytes, "text/csv");
    expect(await itemsOf(set.test_set_id)).toMatchObject([
      { question: "几天?", ground_truth: "十天" },
    ]);
    const mixed = await importInto(
      set.test_set_id,
      '{"question":"a?"}\n{"answer":"no question"}\n',
      "application/x-ndjson",
    );
    expect(mixed).toMatchObject({ imported: 1, bad_rows: [{ line: 2 }] });
  });

  it("takes the annotations of a Dify app, page by page", async () => {
    const annotations = Array.from({ length: 130 }, (_, n) => ({
      question: `问题 ${n}？`,
      answer: `Answer ${n}.`,
    }));
    const { target } = await connect("dify", { mode: "chat", annotations });
    const set = await createSet([]);
    const path = `/api/test-sets/${set.test_set_id}/annotations`;
    const answer = await send(path, { json: { target_id: target.target_id } });
    expect(await answer.json()).toMatchObject({ imported: 130, items: 130 });
    const openai = await connect("openai");
    expect((await send(path, { json: { target_id: openai.target.target_id } })).status).toBe(422);
  });

  it("takes a scored sample, with the corrected answer for its reference", async () => {
    const scored = await send("/api/score", { json: SAMPLE_ZH });
    const { run_id } = (await scored.json()) as { run_id: string };
    const set = await createSet([]);
    const path = `/api/test-sets/${set.test_set_id}/samples`;
    await send(path, { json: { run_id, sample_id: "1" } });
    await send(path, { json: { run_id, sample_id: "1", ground_truth: "十五天。" } });
    expect(await itemsOf(set.test_set_id)).toMatchObject([
      { question: SAMPLE_ZH.question, ground_truth: SAMPLE_ZH.ground_truth },
      { question: SAMPLE_ZH.question, ground_truth: "十五天。" },
    ]);
    expect((await send(path, { json: { run_id, sample_id: "none" } })).status).toBe(404);
  });
});

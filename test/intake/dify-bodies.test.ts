import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { readBody } from "../../src/intake/read-body.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { outerCode } from "../../src/words/said.ts";
import { sayWarning } from "../../src/words/say.ts";
import { jsonRequest } from "./simulate-dify.ts";

const ITEM_1 =
  '{"metadata":{"_source":"knowledge","document_id":"f2a9","score":0.87,"doc_metadata":"None","position":1},"title":"leave.md","files":"None","content":"At most 10 days.","summary":"None"}';
const ITEM_2 =
  '{"metadata":{"_source":"knowledge","document_id":"c01d","score":0.74,"doc_metadata":"None","position":2},"title":"leave.md","files":"None","content":"Carry-over is capped.","summary":"None"}';

async function readJson(body: string) {
  return readScoreRequest(await readBody(jsonRequest(body)));
}

const codes = (reading: { warnings: { code: string }[] }) =>
  reading.warnings.map((warning) => outerCode(warning.code));

/** The letters are those of the reference on Dify as a client. */
describe("bodies exactly as Dify emits them", () => {
  test("(a) a form body with Python text", async () => {
    const body = new URLSearchParams({
      question: "How many days?",
      answer: 'It is "10".\nOK',
      contexts: `[{'metadata': {'_source': 'knowledge', 'document_id': 'f2a9', 'score': 0.87, 'doc_metadata': None, 'position': 1}, 'title': 'leave.md', 'files': None, 'content': "Don't exceed 10 days.", 'summary': None}, {'metadata': {'_source': 'knowledge'}, 'title': 'leave.md', 'files': None, 'content': 'Carry-over is "capped".', 'summary': None}]`,
      ground_truth: "",
    });
    const request = new Request("https://touchstone.test/", { method: "POST", body });
    const reading = readScoreRequest(await readBody(request));
    expect(reading.request).toMatchObject({
      question: "How many days?",
      answer: 'It is "10".\nOK',
      contexts: ["Don't exceed 10 days.", 'Carry-over is "capped".'],
      ground_truth: null,
    });
    expect(reading.warnings).toEqual([]);
  });

  test("(b) pasted JSON that happened to survive: read, with the advice to change the body", async () => {
    const reading = await readJson(
      `{"question":"How many days?","answer":"Up to 10 days.","contexts":[${ITEM_1},${ITEM_2}],"ground_truth":""}`,
    );
    expect(reading.request.contexts).toEqual(["At most 10 days.", "Carry-over is capped."]);
    expect(reading.request.ground_truth).toBeNull();
    expect(codes(reading)).toEqual(["dify_json_unescaped"]);
  });

  test.each(["", "Ten days."])(
    "(c) items glued into summary, ground truth %j inside",
    async (truth) => {
      const reading = await readJson(
        `{"question":"How many days?","answer":"Up to 10 days.","contexts":[{"metadata":{"_source":"knowledge","document_id":"f2a9","score":0.87,"doc_metadata":"None","position":1},"title":"leave.md","files":"None","content":"Don't exceed 10 days.","summary":"None}, {'metadata': {'_source': 'knowledge', 'document_id': 'c01d', 'score': 0.74, 'doc_metadata': None, 'position': 2}, 'title': 'leave.md', 'files': None, 'content': 'Carry-over is \\"capped\\".', 'summary': None}]","ground_truth":"${truth}"}]}`,
      );
      expect(reading.request.contexts).toEqual([
        "Don't exceed 10 days.",
        'Carry-over is "capped".',
      ]);
      expect(reading.request.ground_truth).toBe(truth || null);
      expect(codes(reading)).toEqual(["dify_json_repaired"]);
      expect(reading).toMatchObject({ contextsReceived: 2, contextsParsed: 2 });
    },
  );

  test("(d) Python text inside a JSON string", async () => {
    const reading = await readJson(
      `{"question":"How many days?","answer":"Up to 10 days.","contexts":"[{'metadata': {'doc_metadata': None}, 'title': 'leave.md', 'files': None, 'content': 'At most 10 days.', 'summary': None}, {'metadata': {}, 'title': 'leave.md', 'files': None, 'content': 'Carry-over is capped.', 'summary': None}]","ground_truth":""}`,
    );
    expect(reading.request.contexts).toEqual(["At most 10 days.", "Carry-over is capped."]);
    expect(codes(reading)).toEqual([]);
  });

  test("(e) contexts cut, their keys spilled to the top", async () => {
    const reading = await readJson(
      `{"question":"How many days?","answer":"Up to 10 days.","contexts":"[{'metadata': {'_source': 'knowledge'","document_id":"f2a9","score":0.87,"doc_metadata":"None","position":1,"title":"leave.md","files":"None","content":"Don't exceed 10 days.","summary":"None}, {'metadata': {'_source': 'knowledge', 'document_id': 'c01d'}, 'title': 'leave.md', 'files': None, 'content': 'Carry-over is \\"capped\\".', 'summary': None}]","ground_truth":""}`,
    );
    expect(reading.request.contexts).toEqual(["Don't exceed 10 days.", 'Carry-over is "capped".']);
    expect(codes(reading)).toEqual(["dify_json_repaired"]);
  });

  test("(f) a chunk that became a key cannot be trusted: no contexts, and why", async () => {
    const reading = await readJson(
      `{"question":"How many days?","answer":"Up to 10 days.","contexts":"[\\"At most 10 days.","Carry-over is \\"capped\\".\\"]\\",\\"ground_truth":""}`,
    );
    expect(reading.request.contexts).toBeNull();
    expect(codes(reading)).toEqual(["contexts_unreadable", "dify_json_repaired"]);
    expect(
      reading.warnings.every((warning) =>
        sayWarning(warning, null).fix.includes("x-www-form-urlencoded"),
      ),
    ).toBe(true);
  });

  test("(g) a skipped node leaves its name instead of an answer", async () => {
    const body =
      '{"question":"How many days?","answer":"llm.text","contexts":"","ground_truth":""}';
    const error = await readJson(body).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "invalid_request", status: 422 });
    expect(error).toHaveProperty("errors", [
      { pointer: "#/answer", detail: expect.objectContaining({ code: "field_is_variable" }) },
    ]);
  });

  test("(g) nothing retrieved arrives as blank text", async () => {
    const reading = await readJson(
      '{"question":"几天？","answer":"最多10天。","contexts":"","ground_truth":"1720000000000.ground_truth"}',
    );
    expect(reading.request).toMatchObject({ contexts: null, ground_truth: null });
    expect(codes(reading)).toEqual(["contexts_empty", "unresolved_variable"]);
    const [empty] = reading.warnings;
    expect(empty && sayWarning(empty, null).fix).toContain("[]");
  });

  test("(h) clean JSON from a Template or Code node", async () => {
    const reading = await readJson(
      '{"question":"How many days?","answer":"It is \\"10\\".\\nOK","contexts":["At most 10 days.","Carry-over is \\"capped\\"."],"ground_truth":""}',
    );
    expect(reading.request).toMatchObject({
      answer: 'It is "10".\nOK',
      contexts: ["At most 10 days.", 'Carry-over is "capped".'],
    });
    expect(reading.warnings).toEqual([]);
  });
});

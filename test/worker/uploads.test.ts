import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { encodeText } from "../intake/encode-text.ts";
import { makeXlsx } from "../intake/upload/make-xlsx.ts";
import { send, waitForJob } from "./http.ts";
import { emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const post = (body: Uint8Array<ArrayBuffer> | ReadableStream, type: string) =>
  send("/api/score/batch?metrics=exact_match", {
    method: "POST",
    body,
    headers: { "Content-Type": type },
  });

async function postAndWait(body: Uint8Array<ArrayBuffer>, type: string) {
  const response = await post(body, type);
  expect(response.status).toBe(202);
  return waitForJob(((await response.json()) as { job_id: string }).job_id);
}

const codes = (job: Record<string, unknown>) =>
  (job.warnings as { code: string }[]).map(({ code }) => code);

describe("charsets of an upload", () => {
  const TEXT = "question,answer,ground_truth\r\n年假几天？,十天,十天\r\n保固期？,两年,三年\r\n";

  it.each(["gb18030", "utf-16le", "utf-16be"])(
    "%s without a word about it is read and told",
    async (charset) => {
      const bytes = encodeText(TEXT, charset);
      expect(new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes)).toBe(TEXT);
      const job = await postAndWait(bytes, "text/csv");
      expect(job).toMatchObject({
        status: "completed",
        question: "年假几天？",
        progress: { total: 2 },
        bad_rows: 0,
        scores: { exact_match: 0.5 },
      });
      expect(codes(job)).toEqual(["charset_guessed"]);
    },
  );

  it("big5 and Western text too, JSON as well as CSV", async () => {
    for (const [charset, question] of [
      ["big5", "請聯絡系統管理員，設定預設為關閉。"],
      ["windows-1252", "Où est le café ?"],
    ] as const) {
      const bytes = encodeText(
        JSON.stringify([{ question, answer: "a", ground_truth: "a" }]),
        charset,
      );
      const job = await postAndWait(bytes, "application/json");
      expect(job).toMatchObject({ status: "completed", question });
    }
  });

  it("UTF-8 with a mark needs no word", async () => {
    const job = await postAndWait(encodeText(`\uFEFF${TEXT}`, "utf-8"), "text/csv; charset=utf-8");
    expect(job).toMatchObject({ status: "completed", bad_rows: 0 });
    expect(codes(job)).toEqual([]);
  });
});

describe("a workbook", () => {
  const rows = (count: number, text = "") =>
    Array.from({ length: count }, (_, n) => [`问题${n}`, `答${n}`, `答${n}`, `${text}${n}`]);

  it("is read as the dashboard reads it; lines are rows of the sheet", async () => {
    const bytes = makeXlsx([
      ["question", "answer", "ground_truth", ""],
      ["问", "答", "答", "beyond"],
      ["", "", "", ""],
      ["", "a", "x", ""],
    ]);
    const job = await postAndWait(new Uint8Array(bytes), XLSX);
    expect(job).toMatchObject({
      status: "completed",
      question: "问",
      progress: { total: 1 },
      bad_rows: 1,
    });
    expect(codes(job).sort()).toEqual(["bad_row", "unknown_field"]);
    expect(JSON.stringify(job.warnings)).toContain("Line 4");
  });

  it("is told by its bytes, and may be larger than what is unpacked at once", async () => {
    const head = [["question", "answer", "ground_truth", "contexts"]];
    const bytes = makeXlsx([...head, ...rows(40, "长文本 long text. ".repeat(1000))]);
    const job = await postAndWait(new Uint8Array(bytes), "application/octet-stream");
    expect(job).toMatchObject({ status: "completed", progress: { total: 40 }, bad_rows: 0 });
  });

  it("that unpacks to more than can be read here is refused", async () => {
    const bytes = makeXlsx([
      ["question", "answer"],
      ["q", "a".repeat(9 * 1024 * 1024)],
    ]);
    expect(bytes.byteLength).toBeLessThan(1024 * 1024);
    const response = await post(new Uint8Array(bytes), XLSX);
    expect(response.status).toBe(413);
    expect(((await response.json()) as { detail: string }).detail).toContain("CSV");
  });
});

describe("what cannot be read is refused before anything is promised", () => {
  const bytesOf = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  it.each<[string, Uint8Array<ArrayBuffer>, string, number]>([
    ["a damaged workbook", bytesOf("PK\x03\x04\0\0\0"), XLSX, 415],
    ["a zip of something else", bytesOf("PK\x03\x04abcdef"), "text/csv", 415],
    ["an old workbook", bytesOf("\xd0\xcf\x11\xe0\xa1\xb1"), "application/vnd.ms-excel", 415],
    ["a PDF", bytesOf("%PDF-1.7"), "application/pdf", 415],
    ["a page", bytesOf("<!DOCTYPE html><table>"), "text/csv", 415],
    ["a workbook without rows", new Uint8Array(makeXlsx([["", ""]])), XLSX, 400],
    ["bytes of no charset", bytesOf(`${"a,b\n".repeat(2000)}\xff\0`), "text/csv", 400],
  ])("%s", async (_, body, type, status) => {
    const response = await post(body, type);
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(await env.DB.prepare("SELECT count(*) AS n FROM jobs").first("n")).toBe(0);
    const { objects } = await env.ARTIFACTS.list({ prefix: "default/inputs/" });
    expect(objects.filter(({ key }) => key.endsWith("/upload"))).toEqual([]);
  });

  it("a first piece of one byte does not hide what the file is", async () => {
    const whole = encodeText("question,answer\n年假？,十天\n", "utf-16le");
    const pieces = [whole.subarray(0, 1), whole.subarray(1)];
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    const response = await post(body, "text/csv");
    expect(response.status).toBe(202);
    const { job_id: id } = (await response.json()) as { job_id: string };
    expect(await waitForJob(id)).toMatchObject({ status: "completed", question: "年假？" });
  });
});

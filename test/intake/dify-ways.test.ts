import { describe, expect, test } from "vitest";
import { readBody } from "../../src/intake/read-body.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { outerCode } from "../../src/words/said.ts";
import { generateSamples, seenByModel } from "./generate-samples.ts";
import {
  formRequest,
  jsonDumps,
  jsonRequest,
  pythonRepr,
  repairRawJson,
  retrievalResult,
} from "./simulate-dify.ts";

const SAMPLES = generateSamples(400, 20261123);

async function read(request: Request) {
  return readScoreRequest(await readBody(request));
}

describe("a sample sent from Dify arrives exactly as the model saw it", () => {
  test.each(["urlencoded", "multipart"] as const)("as a %s form", async (kind) => {
    for (const sample of SAMPLES) {
      const reading = await read(formRequest(sample, kind));
      expect(reading.request).toMatchObject({
        question: sample.question,
        answer: sample.answer,
        contexts: seenByModel(sample),
        ground_truth: sample.groundTruth,
      });
      expect(reading.warnings).toEqual([]);
      expect(reading.contextsReceived).toBe(sample.chunks.length);
      expect(reading.contextsParsed).toBe(sample.chunks.length);
    }
  });

  test.each([
    ["Template node with tojson", true],
    ["Code node with json.dumps", false],
  ])("as JSON from a %s", async (_, ensureAscii) => {
    for (const sample of SAMPLES) {
      const body = {
        question: sample.question,
        answer: sample.answer,
        contexts: seenByModel(sample),
        ground_truth: sample.groundTruth ?? "",
      };
      for (const type of ["application/json", "text/plain"]) {
        const reading = await read(jsonRequest(jsonDumps(body, ensureAscii), type));
        expect(reading.request).toMatchObject({ ...body, ground_truth: sample.groundTruth });
        expect(reading.warnings).toEqual([]);
      }
    }
  });

  test("as Python text or JSON text inside a JSON string, as a custom tool sends it", async () => {
    for (const sample of SAMPLES) {
      const { question, answer } = sample;
      const result = retrievalResult({ ...sample });
      const plain = result.map((item) => ({ ...item, files: null }));
      for (const contexts of [
        pythonRepr(result),
        JSON.stringify(plain),
        JSON.stringify(seenByModel(sample)),
      ]) {
        const reading = await read(jsonRequest(JSON.stringify({ question, answer, contexts })));
        expect(reading.request.contexts).toEqual(seenByModel(sample));
        expect(reading.warnings).toEqual([]);
      }
    }
  });
});

describe("a sample that went through Dify's JSON repair", () => {
  test.each([
    ["unquoted", false],
    ["quoted", true],
  ])("%s contexts are recovered, and a warning says so", (_, isQuoted) => {
    for (const sample of SAMPLES) {
      const reading = readScoreRequest(repairRawJson(sample, isQuoted));
      expect(reading.request.contexts).toEqual(sample.chunks);
      expect(reading.request.ground_truth).toBe(sample.groundTruth);
      expect(reading.warnings.map((warning) => outerCode(warning.code))).toContain(
        "dify_json_repaired",
      );
    }
  });
});

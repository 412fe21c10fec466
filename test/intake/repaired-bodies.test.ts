import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { sayWarning } from "../../src/words/say.ts";

interface Recorded {
  /** The library and version that made `body` of the pasted JSON. */
  repairedBy: string;
  way: string;
  sent: { question: string; answer: string; contexts: string[]; ground_truth: string | null };
  body: unknown;
}

const RECORDED: Recorded[] = readFileSync(new URL("repaired-bodies.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

describe("bodies as Dify's JSON repair really left them", () => {
  test.each(["json_repair 0.57.1", "json_repair 0.61.7"])(
    "%s: nothing is dropped silently",
    (by) => {
      const bodies = RECORDED.filter((recorded) => recorded.repairedBy === by);
      expect(bodies.length).toBeGreaterThan(40);
      for (const { sent, body } of bodies) {
        const { request, warnings } = readScoreRequest(body);
        if (request.contexts?.length === sent.contexts.length) continue;
        expect(warnings).not.toEqual([]);
        expect(warnings.every((warning) => sayWarning(warning, null).fix !== "")).toBe(true);
      }
    },
  );

  test("json_repair 0.61: pasted Chinese contexts come back whole", () => {
    const bodies = RECORDED.filter(
      ({ repairedBy, way, sent }) =>
        repairedBy === "json_repair 0.61.7" &&
        way.startsWith("unquoted") &&
        /[\u4e00-\u9fff]/.test(sent.question),
    );
    expect(bodies.length).toBeGreaterThan(5);
    for (const { sent, body } of bodies) {
      const { request, warnings } = readScoreRequest(body);
      expect(request).toMatchObject(sent);
      expect(warnings).not.toEqual([]);
    }
  });
});

import { describe, expect, test } from "vitest";
import { ACCESS_PROBLEMS } from "../../src/words/access-problems.ts";
import { BODY_WARNINGS } from "../../src/words/body-warnings.ts";
import { NOTICE_WORDS } from "../../src/words/channel-words.ts";
import { EXPERIMENT_PHRASES, EXPERIMENT_PROBLEMS } from "../../src/words/experiment-words.ts";
import { FAILURES } from "../../src/words/failures.ts";
import { FIELD_ERRORS, FIELD_PROBLEMS, ROW_PROBLEMS } from "../../src/words/field-errors.ts";
import { JUDGE_WORDS } from "../../src/words/judge-words.ts";
import { REQUEST_PHRASES, REQUEST_PROBLEMS } from "../../src/words/request-problems.ts";
import { said } from "../../src/words/said.ts";
import { say, sayFailure, sayWarning } from "../../src/words/say.ts";
import { SCHEMA_RULES } from "../../src/words/schema-rules.ts";
import { REPLY_WARNINGS, SCORING_WARNINGS } from "../../src/words/scoring-warnings.ts";
import type { Sentence } from "../../src/words/sentence.ts";
import { SERVICE_PHRASES, SERVICE_PROBLEMS } from "../../src/words/service-problems.ts";
import { UPLOAD_WARNINGS } from "../../src/words/upload-warnings.ts";

const TABLES: readonly Readonly<Record<string, Sentence & { fix?: Sentence }>>[] = [
  ACCESS_PROBLEMS,
  BODY_WARNINGS,
  FAILURES,
  FIELD_ERRORS,
  FIELD_PROBLEMS,
  JUDGE_WORDS,
  NOTICE_WORDS,
  EXPERIMENT_PHRASES,
  EXPERIMENT_PROBLEMS,
  REPLY_WARNINGS,
  REQUEST_PHRASES,
  REQUEST_PROBLEMS,
  ROW_PROBLEMS,
  SCHEMA_RULES,
  SCORING_WARNINGS,
  SERVICE_PHRASES,
  SERVICE_PROBLEMS,
  UPLOAD_WARNINGS,
];
const ENTRIES = TABLES.flatMap((table) => Object.entries(table));
const HAN = /\p{Script=Han}/u;
/** A sentence that is only what it is given, and names and formulas, read the same in both languages. */
const withoutGiven = (text: string) =>
  text.replace(/\{\w+\}|`[^`]*`|https?:\/\/\S*|[\s{}:：.。,、]/g, "");

describe("the tables of sentences", () => {
  test("name each code once among them all", () => {
    const codes = ENTRIES.map(([code]) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    expect(codes.length).toBeGreaterThan(200);
  });

  test.each(ENTRIES)("%s is said in both languages", (_, entry) => {
    for (const { en, zh } of entry.fix ? [entry, entry.fix] : [entry]) {
      expect(en).not.toMatch(HAN);
      if (withoutGiven(en) !== "") expect(zh).toMatch(HAN);
      else expect(withoutGiven(zh)).toBe("");
    }
  });
});

describe("what is said", () => {
  const dropped = said("contexts_dropped", {
    dropped: 2,
    received: 5,
    field: "passages",
    rivals: said("rivals", { names: "text, body" }),
  });

  test("puts what it is given into the sentence of the reader, sentences inside it too", () => {
    expect(say(dropped, "en")).toBe(
      "2 of 5 items of `passages` hold no text and were left out. It holds several that could be the passages: text, body; send the one the model saw.",
    );
    expect(sayWarning(dropped, "zh")).toEqual({
      code: "contexts_dropped",
      message:
        "`passages` 的 5 条检索结果中有 2 条没有文本，已略去。其中有几项都可能是段落：text, body；请发送模型实际看到的那一项。",
      fix: "让每条检索结果都带有 content 文本。",
    });
  });

  test("is told to nobody in particular as it was always told", () => {
    expect(say(dropped, null)).toBe(say(dropped, "en"));
    const wait = said("rate_limited.wrong_keys", { minutes: 3 });
    expect(say(wait, null)).toBe(`${say(wait, "en")} · ${say(wait, "zh")}`);
    expect(say(wait, "zh")).toBe("你的地址多次使用错误的密钥，请核对密钥，3 分钟后再试。");
  });

  test("names the rows it is said of", () => {
    const cut = said("csv_quotes");
    expect(say({ ...cut, rows: { count: 1, line: 7 } }, null)).toMatch(/^Line 7: Quotes inside/);
    expect(say({ ...cut, rows: { count: 3, line: 7 } }, "zh")).toMatch(
      /^共 3 行，首个在第 7 行：带引号/,
    );
  });

  test("takes what was sent for text, whatever is in it", () => {
    const hostile = said("unknown_field", { names: '"{names} $& {{#llm.text#}} 中文"' });
    expect(say(hostile, "en")).toContain('"{names} $& {{#llm.text#}} 中文"');
  });

  test("keeps braces that are no parameter", () => {
    expect(sayWarning(said("duplicate_submission"), "zh").fix).toContain(
      "{{#sys.workflow_run_id#}}",
    );
    expect(say(said("rules_needed"), "en")).toContain('{"faithfulness": ">= 0.8"}');
  });

  test("survives what another version has stored", () => {
    const unknown = JSON.parse('{"code":"of_tomorrow.more","params":{"a":1}}');
    expect(say(unknown, "zh")).toBe("of tomorrow");
    expect(sayWarning(unknown, "en")).toEqual({
      code: "of_tomorrow",
      message: "of tomorrow",
      fix: "",
    });
    expect(say(JSON.parse('{"code":"not_found.job","params":{}}'), "en")).toContain("{id}");
  });

  test("comes back from JSON as it was", () => {
    const failure = {
      code: "judge_error",
      message: said("gave_up", {
        attempts: 8,
        reason: said("nothing_scored", {
          reasons: said("and_then", { sentence: ["It says: “no”.", said("cut_off")] }),
          more: said("and_more", { count: 2 }),
          fix: "",
        }),
      }),
    };
    const stored = JSON.parse(JSON.stringify(failure));
    for (const reader of [null, "en", "zh"] as const) {
      expect(sayFailure(stored, reader)).toEqual(sayFailure(failure, reader));
    }
    expect(sayFailure(stored, "en")?.message).toBe(
      "Gave up after 8 attempts. Last reason: No metric could be scored. It says: “no”. Scoring was cut off too often, so it was given up. Retry the job once the cause is cured. (and 2 more)",
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLiteral, readLiterals } from "../../src/intake/python-literal.ts";
import { pythonRepr } from "./simulate-dify.ts";

const value = (text: string) => readLiteral(text, 0)?.value;

describe("the reader of Python literals", () => {
  test.each([
    ["'it''s'", undefined],
    ["'a' 'b'", "ab"],
    ["'a' \n \"b\"", "ab"],
    ["'say \"hi\"'", 'say "hi"'],
    [`"don't"`, "don't"],
    ["'don\\'t \\\"x\\\"'", `don't "x"`],
    ["'\\n\\t\\\\ \\x41\\u4e2d\\U0001F600 \\101'", "\n\t\\ A中😀 A"],
    ["'\\ud83d\\ude00'", "😀"],
    ["'\\q'", "\\q"],
    ["r'C:\\new'", "C:\\new"],
    ["b'\\xe4\\xb8\\xad'", "中"],
    ["None", null],
    ["True", true],
    ["false", false],
    ["nan", null],
    ["-inf", null],
    ["-1.5e3", -1500],
    ["1_000", 1000],
    ["[]", []],
    ["()", []],
    ["(1, 2)", [1, 2]],
    ["(1,)", [1]],
    ["('a')", "a"],
    ["{1, 2}", [1, 2]],
    ["[1, 2,]", [1, 2]],
    ["[<FileType.IMAGE: 'image'>, 'x']", [null, "x"]],
    ["[UUID('a-b'), datetime.datetime(2026, 1, 2, tzinfo=UTC()), 1]", [null, null, 1]],
    ["[File(id=None, type=<FileType.IMAGE: 'a)>'>), 1]", [null, 1]],
    ["[FileType.IMAGE]", [null]],
    ["[unknown]", undefined],
    ["[1 2]", undefined],
    ["[1", undefined],
    ["'open", undefined],
    ["{'a': }", undefined],
    ["{'a'}", ["a"]],
    ["{'a': 1, 'b'}", undefined],
    ["[1}", undefined],
    ["{(1, 'x'): 2}", { "1,x": 2 }],
    ["{{'summary': None}: None}", undefined],
    ["{({},): None}", undefined],
    ["{[[], ({1: 2})]: None}", undefined],
    ["", undefined],
  ])("%s", (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test("a dict keeps every key as data", () => {
    const dict = value("{'__proto__': {'x': 1}, 'constructor': 2, 3: None}");
    expect(Object.entries(dict as object)).toEqual([
      ["3", null],
      ["__proto__", expect.objectContaining({ x: 1 })],
      ["constructor", 2],
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("lists side by side are all read, prose is not", () => {
    expect(readLiterals("['a'] ['b'],\n['c']")).toEqual([["a"], ["b"], ["c"]]);
    expect(readLiterals("[1] Smith, 2020")).toBeNull();
    expect(readLiterals("[见附件]")).toBeNull();
  });

  test("depth is limited, not the stack", () => {
    expect(value(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeDefined();
    expect(value(`${"[".repeat(65)}${"]".repeat(65)}`)).toBeUndefined();
    expect(value("[".repeat(2_000_000))).toBeUndefined();
  });

  test("reads back whatever repr writes", () => {
    const text = fc.string({ unit: "grapheme" });
    const json = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null)),
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(text, tie("node"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).node;
    fc.assert(
      fc.property(json, (sent) => {
        expect(JSON.stringify(value(pythonRepr(sent)))).toBe(JSON.stringify(sent));
      }),
      { numRuns: 3000 },
    );
  });

  test("never throws", () => {
    const marks = [..."[]{}()'\"\\,:<>1中 "];
    const soup = fc.array(fc.constantFrom(...marks, "None", "b'", "\\x"), { maxLength: 60 });
    fc.assert(
      fc.property(soup, (parts) => {
        const text = parts.join("");
        const literal = readLiteral(text, 0);
        expect(literal === null || literal.end <= text.length).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

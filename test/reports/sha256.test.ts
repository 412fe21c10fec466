import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "../../src/reports/text/sha256.ts";

test("the standard's own examples", () => {
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("equals the platform's hash for every length around the block borders and any text", () => {
  const reference = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
  for (let length = 0; length <= 200; length++) {
    const text = "x".repeat(length);
    expect(sha256Hex(text)).toBe(reference(text));
  }
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(sha256Hex(text)).toBe(reference(text));
    }),
  );
});

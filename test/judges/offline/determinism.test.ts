import { expect, test } from "vitest";
import expected from "../../fixtures/offline-judge-digest.json" with { type: "json" };
import { digestTables } from "./digest.ts";

test("Node gives the bytes written down; new weights or rules need a new digest, and the same one in workerd", async () => {
  expect(await digestTables()).toBe(expected.sha256);
});

import { expect, test } from "vitest";
import expected from "../fixtures/offline-judge-digest.json" with { type: "json" };
import { digestTables } from "../judges/offline/digest.ts";

test("workerd gives the same bytes as Node", async () => {
  expect(await digestTables()).toBe(expected.sha256);
});

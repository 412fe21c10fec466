import { expect, it } from "vitest";
import { dayBefore, readScope, scopeQuery } from "../../ui/kit/lists/list-scope.ts";

it("days of the reader become moments, the last day included", () => {
  const scope = readScope({ tag: " app=客服 ", from: "2026-02-27", to: "2026-02-28" });
  expect(scopeQuery(scope)).toEqual({
    tag: "app=客服",
    session_id: "",
    from: new Date(2026, 1, 27).toISOString(),
    to: new Date(2026, 2, 1).toISOString(),
  });
});

it("an address somebody typed holds no day that is none", () => {
  for (const from of ["yesterday", "2026-13-01", "2026-02-30", "2026-2-3", "<script>"]) {
    expect(readScope({ from }).from, from).toBe("");
  }
});

it("counts days back over the start of a month", () => {
  expect(dayBefore(6, new Date(2026, 2, 3, 23, 59))).toBe("2026-02-25");
});

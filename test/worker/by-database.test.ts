import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { groupByDatabase } from "../../src/queue/by-database.ts";

const [first, second] = [env.DB, new Proxy(env.DB, {})];

it("hands each message to the database of its project, and what has none to all", () => {
  const ofProject = (n: number, project: string) => ({
    n,
    body: { kind: "plan", project, id: "job_1" },
  });
  const messages = [
    ofProject(0, "default"),
    ofProject(1, "团队"),
    { n: 2, body: { kind: "sweep" } },
    ofProject(3, "default"),
    { n: 4, body: { kind: "unknown", project: "团队" } },
    { n: 5, body: null },
  ];
  const groups = groupByDatabase(
    messages as unknown as Message<unknown>[],
    (project) => (project === "default" ? first : second),
    [first, second],
  );
  const numbers = (db: D1Database) =>
    (groups.get(db) as unknown as { n: number }[]).map(({ n }) => n);
  expect([groups.size, numbers(first), numbers(second)]).toEqual([
    2,
    [0, 2, 3, 4, 5],
    [1, 2, 4, 5],
  ]);
});

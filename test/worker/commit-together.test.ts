import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { commitTogether } from "../../src/storage/commit-together.ts";

let db: D1Database;
/** Statements of each call to the database. */
let batches: number[];

beforeEach(async () => {
  batches = [];
  db = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") return target.prepare.bind(target);
      return (statements: D1PreparedStatement[]) => {
        batches.push(statements.length);
        return target.batch(statements);
      };
    },
  });
  await env.DB.prepare("DELETE FROM facts").run();
});

const insert = (name: string) =>
  db.prepare("INSERT INTO facts (name, value) VALUES (?1, ?2) RETURNING name").bind(name, "值");
const names = async () =>
  (await env.DB.prepare("SELECT name FROM facts ORDER BY name").all()).results.map(
    ({ name }) => name,
  );

describe("transactions that travel together", () => {
  it("the first goes at once, what comes meanwhile as one; each gets its own answers", async () => {
    const answers = await Promise.all([
      commitTogether(db, [insert("a")]),
      commitTogether(db, [insert("b"), insert("c")]),
      commitTogether(db, [insert("丁")]),
    ]);
    expect(batches).toEqual([1, 3]);
    expect(answers.map((results) => results.map((one) => one.results))).toEqual([
      [[{ name: "a" }]],
      [[{ name: "b" }], [{ name: "c" }]],
      [[{ name: "丁" }]],
    ]);
    await commitTogether(db, [insert("e")]);
    expect(batches).toEqual([1, 3, 1]);
  });

  it("one that breaks is undone whole, and takes no other with it", async () => {
    await commitTogether(db, [insert("taken")]);
    const settled = await Promise.allSettled([
      commitTogether(db, [insert("a")]),
      commitTogether(db, [insert("b"), insert("taken")]),
      commitTogether(db, [insert("c")]),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await names()).toEqual(["a", "c", "taken"]);
  });

  it("goes on after a failure", async () => {
    await commitTogether(db, [insert("a")]);
    await expect(commitTogether(db, [insert("a")])).rejects.toThrow(/UNIQUE/);
    await commitTogether(db, [insert("b")]);
    expect(await names()).toEqual(["a", "b"]);
  });

  it("whose leader died with its request goes on alone, and whoever comes after is held up no more", async () => {
    const dead = new Proxy(db, {
      get: (target, name) => (name === "batch" ? stall : Reflect.get(target, name)),
    });
    let isFirst = true;
    const stall = (statements: D1PreparedStatement[]) => {
      if (!isFirst) return env.DB.batch(statements);
      isFirst = false;
      return new Promise(() => undefined);
    };
    void commitTogether(dead, [insert("lost")]);
    const answers = await Promise.all(
      ["丙", "d"].map((name) => commitTogether(dead, [insert(name)], 20)),
    );
    expect(answers.flat().map(({ success }) => success)).toEqual([true, true]);
    await commitTogether(dead, [insert("e")]);
    expect(await names()).toEqual(["d", "e", "丙"]);
  });

  it("is bounded: fifty that wait are no single call", async () => {
    await Promise.all(Array.from({ length: 51 }, (_, n) => commitTogether(db, [insert(`n${n}`)])));
    expect(batches).toEqual([1, 20, 20, 10]);
    expect(await names()).toHaveLength(51);
  });
});

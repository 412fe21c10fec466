import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BOOKMARK_HEADER } from "../../src/contract/bookmark-header.ts";
import { ADMIN_KEY, ask, bearer, SAMPLE_EN, SAMPLE_ZH } from "./access-world.ts";

/*
 * A primary and a copy that is behind it, played by two databases of which the second is never written to. A copy answers a
 * session only when it is as new as its bookmark; the bookmarks are as D1 writes them.
 */
const OLD = `00000001-00000001-00000001-${"0".repeat(32)}`;
const NEW = `00000002-00000001-00000001-${"0".repeat(32)}`;
let opened: string[] = [];
let isCaughtUp = false;

function withCopy(primary: D1Database, copy: D1Database): D1Database {
  return new Proxy(primary, {
    get(target, name) {
      if (name === "withSession") {
        return (from: string) => {
          opened.push(from);
          const isFromCopy = from !== "first-primary" && (from <= OLD || isCaughtUp);
          const read = isFromCopy && !isCaughtUp ? copy : target;
          return {
            prepare: (sql: string) => read.prepare(sql),
            batch: (statements: D1PreparedStatement[]) => read.batch(statements),
            getBookmark: () => (read === copy ? OLD : NEW),
          };
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const vars = { DB: withCopy(env.DB, env.SECOND) };
const read = (path: string, bookmark?: string) =>
  ask(path, {
    vars,
    headers: {
      ...bearer(ADMIN_KEY),
      ...(bookmark === undefined ? {} : { [BOOKMARK_HEADER]: bookmark }),
    },
  });
const jobsIn = async (answer: Response) =>
  ((await answer.json()) as { jobs: { job_id: string }[] }).jobs.map(({ job_id }) => job_id);

beforeAll(async () => {
  await applyD1Migrations(env.SECOND, env.TEST_MIGRATIONS);
});
beforeEach(() => {
  opened = [];
  isCaughtUp = false;
});

describe.each([
  ["zh", SAMPLE_ZH],
  ["en", SAMPLE_EN],
])("a reader far away (%s)", (_language, sample) => {
  const submit = async (bookmark: string) => {
    const json = { ...sample, name: crypto.randomUUID() };
    const headers = { ...bearer(ADMIN_KEY), [BOOKMARK_HEADER]: bookmark };
    const answer = await ask("/api/score", { json, vars, headers });
    const { job_id } = (await answer.json()) as { job_id: string };
    return { jobId: job_id, bookmark: answer.headers.get(BOOKMARK_HEADER) ?? "" };
  };

  it("reads lists, trends and reports from the copy, as new as what was read before", async () => {
    for (const path of ["/api/score/jobs", "/api/runs", "/api/trends?metric=faithfulness"]) {
      const answer = await read(path, `default/${OLD}`);
      expect(answer.headers.get(BOOKMARK_HEADER)).toBe(`default/${OLD}`);
    }
    expect(opened).toEqual([OLD, OLD, OLD]);
    expect(await jobsIn(await read("/api/score/jobs", `default/${OLD}`))).toEqual([]);
  });

  it("sees what they sent themselves, and keeps seeing it", async () => {
    const { jobId, bookmark } = await submit(`default/${OLD}`);
    expect(bookmark).toBe("first-primary");
    const first = await read("/api/score/jobs", bookmark);
    expect(await jobsIn(first)).toContain(jobId);
    const next = first.headers.get(BOOKMARK_HEADER) ?? "";
    expect(next).toBe(`default/${NEW}`);
    isCaughtUp = true;
    expect(await jobsIn(await read("/api/score/jobs", next))).toContain(jobId);
    expect(opened).toEqual(["first-primary", NEW]);
  });

  it("asks the primary with a bookmark of another project or one that nobody gave out", async () => {
    for (const odd of [
      `blue/${OLD}`,
      "default/ffff",
      "",
      "first-unconstrained",
      "默认/0",
      "x".repeat(5000),
    ]) {
      const answer = await read("/api/runs", odd);
      expect(answer.status).toBe(200);
      expect(answer.headers.get(BOOKMARK_HEADER)).toBe(`default/${NEW}`);
    }
    expect(new Set(opened)).toEqual(new Set(["first-primary"]));
  });

  it("who shows no bookmark is answered by the primary and gets none", async () => {
    const { jobId } = await submit("first-primary");
    const answer = await read("/api/score/jobs");
    expect(await jobsIn(answer)).toContain(jobId);
    expect(answer.headers.has(BOOKMARK_HEADER)).toBe(false);
    expect(opened).toEqual([]);
  });
});

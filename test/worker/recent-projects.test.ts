import { env } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import {
  forgetProjects,
  getRecentProject,
  PROJECT_KEPT_MS,
} from "../../src/access/recent-projects.ts";
import { ask } from "./access-world.ts";
import { SAMPLE_ZH, send } from "./http.ts";

let reads: number;
let db: D1Database;

beforeEach(async () => {
  forgetProjects();
  reads = 0;
  db = new Proxy(env.DB, {
    get: (target) => (sql: string) => {
      reads++;
      return target.prepare(sql);
    },
  });
  await env.DB.prepare("UPDATE projects SET store_text = 1, name = 'Default'").run();
});

const storesText = async (now: number) => (await getRecentProject(db, "default", now))?.storeText;

it("reads a project once a second, and sees a change after that", async () => {
  expect(await storesText(0)).toBe(true);
  await env.DB.prepare("UPDATE projects SET store_text = 0").run();
  expect([await storesText(PROJECT_KEPT_MS - 1), reads]).toEqual([true, 1]);
  expect([await storesText(PROJECT_KEPT_MS), reads]).toEqual([false, 2]);
});

it("never remembers that there is none", async () => {
  expect(await getRecentProject(db, "团队", 0)).toBeNull();
  await env.DB.prepare(
    "INSERT INTO projects (id, name, created_at) VALUES ('团队', 'Team', 0) ON CONFLICT DO NOTHING",
  ).run();
  expect((await getRecentProject(db, "团队", 0))?.name).toBe("Team");
});

it("a change through the API holds for the very next request", async () => {
  const post = () => send("/api/score", { json: { ...SAMPLE_ZH, judge: "offline" } });
  expect((await post()).status).toBe(200);
  const change = await send("/api/projects/default", {
    method: "PATCH",
    json: { samples_per_day: 0 },
  });
  expect(change.status).toBe(200);
  expect((await post()).status).toBe(429);
  await send("/api/projects/default", { method: "PATCH", json: { samples_per_day: null } });
  expect((await post()).status).toBe(200);
});

it("is read once a second by requests too, which each wrap the database anew", async () => {
  let projectsRead = 0;
  const DB = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") {
        return (sql: string) => {
          if (/FROM projects WHERE id/.test(sql)) projectsRead++;
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  vi.spyOn(Date, "now").mockReturnValue(Date.now());
  const vars = { DB, ACCESS_MODE: "open" };
  expect((await ask("/api/runs", { vars })).status).toBe(200);
  expect((await ask("/api/metrics", { vars })).status).toBe(200);
  expect((await ask("/api/runs", { vars })).status).toBe(200);
  expect(projectsRead).toBe(1);
  vi.restoreAllMocks();
});

import { readdirSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGE_PATHS } from "../../ui/app/page-paths.ts";
import { type RunningWorker, startWorker } from "./worker.ts";

interface Answer {
  status: number;
  type: string;
  cache: string;
  /** Every answer of the Worker has an id; what the assets answer alone has none. */
  isOfWorker: boolean;
  text: string;
}

const BROWSER = {
  Accept: "text/html,application/xhtml+xml,*/*;q=0.8",
  "Sec-Fetch-Mode": "navigate",
};
let worker: RunningWorker;

beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

/** The path as it stands: `fetch` would repair some. */
function ask(path: string, method = "GET", headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(worker.origin);
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          cache: answer.headers["cache-control"] ?? "",
          isOfWorker: answer.headers["x-request-id"] !== undefined,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? "question=年假？&answer=10天。" : undefined);
  });
}

describe("without a run of the Worker", () => {
  it.each(PAGE_PATHS.flatMap((path) => [path, path === "/" ? "/?status=queued" : `${path}/`]))(
    "the page %s",
    async (pattern) => {
      const path = pattern.replace(":id", "run_01ABC");
      for (const headers of [{}, BROWSER]) {
        const page = await ask(path, "GET", headers);
        expect(page).toMatchObject({ status: 200, isOfWorker: false });
        expect(page.type).toContain("text/html");
        expect(page.text).toContain('id="app"');
      }
    },
  );

  it("files of the build, for ever; what a page loads besides; what robots and models ask for", async () => {
    const files = readdirSync("dist/assets").slice(0, 3);
    for (const file of files) {
      const answer = await ask(`/assets/${file}`);
      expect(answer).toMatchObject({ status: 200, isOfWorker: false });
      expect(answer.cache).toContain("immutable");
    }
    for (const [path, type, word] of [
      ["/theme.js", "text/javascript", ""],
      ["/favicon.svg", "image/svg+xml", "<svg"],
      ["/robots.txt", "text/plain", "Disallow: /"],
      ["/llms.txt", "text/plain", "/api/score/async"],
    ] as const) {
      const answer = await ask(path, "GET", BROWSER);
      expect(answer, path).toMatchObject({ status: 200, isOfWorker: false });
      expect(answer.type).toContain(type);
      expect(answer.text).toContain(word);
      expect(answer.text).not.toContain('id="app"');
    }
  });
});

describe("never the dashboard's HTML", () => {
  it.each([
    "/.well-known/oauth-protected-resource",
    "/.well-known/",
    "/.env",
    "/sitemap.xml",
    "/favicon.ico",
    "/assets/none-12345678.js",
    "/assets/none.css",
    "/runs/report.html",
    "/foo.bar",
    "/a/b.c",
    "//evil.example/x",
    "/index.php",
  ])("%s", async (path) => {
    for (const headers of [{}, BROWSER]) {
      const answer = await ask(path, "GET", headers);
      expect(answer).toMatchObject({ status: 404, type: "application/problem+json" });
      // A file that is missing between two deployments must not stay missing for a year.
      expect(answer.cache).toContain("no-store");
    }
  });

  it("but a page that is none, for a person, as 404", async () => {
    const answer = await ask("/no/such/page", "GET", BROWSER);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('id="app"');
    expect((await ask("/no/such/page")).type).toBe("application/problem+json");
  });
});

it.each([
  ["//api/score/async", "/api/score/async"],
  ["/score/async", "/api/score/async"],
  ["/api/score/async/", "/api/score/async"],
  ["/api/api/score/async", "/api/score/async"],
  ["/score", "/api/score"],
  ["//mcp", "/mcp"],
])("POST %s is told %s", async (path, right) => {
  const answer = await ask(path, "POST", { "Content-Type": "application/x-www-form-urlencoded" });
  expect(answer).toMatchObject({ status: 404, type: "application/problem+json" });
  expect(answer.text).toContain(`POST ${worker.origin}${right} ·`);
});

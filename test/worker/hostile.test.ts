import { env } from "cloudflare:workers";
import { marked } from "marked";
import Papa from "papaparse";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { asAdmin, ask, bearer, createKey, createProject, waitForQuiet } from "./access-world.ts";
import {
  FORMULAS,
  HOME_ADDRESSES,
  HOSTILE_BODIES,
  HOSTILE_TEXTS,
  PATH_TRICKS,
} from "./hostile-inputs.ts";

const PLANTED = {
  modelKey: "sk-planted-model-key-0123456789",
  webhookSecret: "whsec_cGxhbnRlZC13ZWJob29rLXNlY3JldC0wMTIzNDU2Nzg5YWJj",
  secretsKey: "cGxhbnRlZC1zZWNyZXRzLWtleS0wMTIzNDU2Nzg5YWI=",
};
const vars = {
  WEBHOOK_SECRET: PLANTED.webhookSecret,
  SECRETS_KEY: PLANTED.secretsKey,
  OPENAI_API_KEY: PLANTED.modelKey,
  JUDGE: "offline",
};
const logs: string[] = [];
let key = "";

beforeAll(async () => {
  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, level).mockImplementation((...parts) => {
      logs.push(parts.map(String).join(" "));
    });
  }
  await createProject("hostile");
  key = (await createKey("hostile", "admin")).key;
});
afterAll(async () => {
  await waitForQuiet();
  vi.restoreAllMocks();
});
afterEach(async () => {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM projects").first<{ n: number }>();
  expect(row?.n).toBe(2);
});

const read = (path: string) => ask(path, { headers: bearer(key), vars });

/** What a browser would make of a page: elements that run or load, attributes that run. */
async function findLiveParts(html: string): Promise<string[]> {
  const found: string[] = [];
  const loads = new Set([
    "script",
    "iframe",
    "object",
    "embed",
    "base",
    "link",
    "form",
    "img",
    "video",
    "audio",
    "source",
    "frame",
    "applet",
    "portal",
    "template",
    "foreignobject",
    "animate",
    "math",
    "input",
    "textarea",
    "noscript",
  ]);
  const page = new HTMLRewriter()
    .on("*", {
      element(element) {
        const { tagName } = element;
        if (loads.has(tagName)) found.push(tagName);
        for (const [name = "", value = ""] of element.attributes) {
          const text = value.replace(/[\s\p{Cc}]/gu, "").toLowerCase();
          if (name.startsWith("on")) found.push(`${tagName} ${name}`);
          if (/^(?:javascript|vbscript|data):/.test(text)) found.push(`${tagName} ${name}=${text}`);
          if (["href", "src", "xlink:href", "action"].includes(name) && !text.startsWith("#")) {
            found.push(`${tagName} ${name}=${text}`);
          }
        }
      },
    })
    .transform(new Response(html));
  await page.text();
  return found;
}

/** As it must come back: only what no text can be written with is mended. */
const kept = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));

describe("hostile text in every field", () => {
  it("what looks for live parts finds them", async () => {
    for (const page of ["<p onclick=a()>", "<img src=x>", "<a href='java\nscript:a()'>x</a>"]) {
      expect(await findLiveParts(page)).not.toEqual([]);
    }
    expect(await findLiveParts("<p>&lt;img src=x&gt;</p>")).toEqual([]);
  });

  it(`there are at least 150 hostile inputs`, () => {
    const count =
      HOSTILE_TEXTS.length + HOME_ADDRESSES.length + HOSTILE_BODIES.length + PATH_TRICKS.length;
    expect(count).toBeGreaterThanOrEqual(150);
  });

  it.each(HOSTILE_TEXTS.map((text, n) => [n, JSON.stringify(text).slice(0, 60), text] as const))(
    "%i %s",
    async (n, _shown, text) => {
      const whole = `${text} planted${n}text`;
      const answer = await ask("/api/score", {
        headers: bearer(key),
        vars,
        json: {
          id: text.slice(0, 200),
          question: whole,
          answer: whole,
          contexts: [whole, text],
          ground_truth: whole,
          name: whole.slice(0, 200),
          tags: { [`t${text.slice(0, 60)}`]: `v${text.slice(0, 60)}` },
        },
      });
      expect([200, 422]).toContain(answer.status);
      const result = (await answer.json()) as { run_id: string; job_id: string; error: unknown };
      if (answer.status === 422) {
        // Only labels may be refused, and the refusal names them; the texts themselves always go through.
        const bare = await ask("/api/score", {
          headers: bearer(key),
          vars,
          json: { question: whole, answer: whole, contexts: [whole, text], ground_truth: whole },
        });
        expect(bare.status).toBe(200);
        Object.assign(result, await bare.json());
      }
      expect(result.error).toBeNull();
      const [evidence, csv, html, job, report, summary, advice] = await Promise.all(
        [
          `/api/runs/${result.run_id}/artifacts/evidence.jsonl`,
          `/api/runs/${result.run_id}/artifacts/scores.csv`,
          `/api/runs/${result.run_id}/report.html`,
          `/api/score/jobs/${result.job_id}`,
          `/api/runs/${result.run_id}`,
          `/api/runs/${result.run_id}/artifacts/summary.md`,
          `/api/runs/${result.run_id}/artifacts/optimization_advice.md`,
        ].map(async (path) => {
          const page = await read(path);
          expect(page.status, path).toBe(200);
          expect(page.headers.get("X-Content-Type-Options")).toBe("nosniff");
          expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
          expect(page.headers.get("Content-Security-Policy")).not.toContain("script-src");
          return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
            await page.arrayBuffer(),
          );
        }),
      );
      const stored = JSON.parse(evidence ?? "") as {
        answer: { text: string };
        passages: { text: string }[];
      };
      expect(kept(stored.answer.text)).toContain(kept(whole).trim());
      expect(kept(stored.passages[0]?.text ?? "")).toContain(kept(whole).trim());
      expect(await findLiveParts(html ?? "")).toEqual([]);
      // Rendered by a reader that cleans nothing: what we wrote must be harmless by itself.
      for (const markdown of [summary, advice]) {
        expect(await findLiveParts(await marked.parse(markdown ?? ""))).toEqual([]);
      }
      const rows = Papa.parse<string[]>((csv ?? "").replace(/^\ufeff/, "")).data;
      for (const cell of rows.flat())
        expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠](?!\d+(?:\.\d+)?$)/);
      expect(() => JSON.parse(job ?? "")).not.toThrow();
      expect(() => JSON.parse(report ?? "")).not.toThrow();
    },
  );

  it.each(FORMULAS)("a formula as the name of a run: %j", async (name) => {
    const json = { question: "q?", answer: "a.", name };
    const answer = await ask("/api/score", { json, headers: bearer(key), vars });
    expect([200, 422]).toContain(answer.status);
  });
});

describe("hostile bodies", () => {
  it.each(HOSTILE_BODIES)("%s", async (_name, type, body) => {
    const answer = await ask("/api/score/async", {
      body,
      headers: { ...bearer(key), "Content-Type": type },
      vars,
    });
    expect([202, 400, 413, 415, 422]).toContain(answer.status);
    expect(Reflect.get({}, "role")).toBeUndefined();
    expect(Reflect.get({}, "isDeploymentAdmin")).toBeUndefined();
    if (answer.status >= 400) {
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
      expect((await answer.text()).length).toBeLessThan(20_000);
    }
  });

  it.each(HOSTILE_BODIES)("%s, to the small bodies of the admin", async (_name, type, body) => {
    for (const path of ["/api/keys", "/api/projects", "/api/session"]) {
      const answer = await ask(path, {
        body,
        headers: { ...asAdmin("hostile"), "Content-Type": type },
      });
      expect([400, 413, 415, 422]).toContain(answer.status);
    }
  });
});

describe("paths", () => {
  const places = [
    (trick: string) => `/api/score/jobs/${trick}`,
    (trick: string) => `/api/runs/${trick}`,
    (trick: string) => `/api/runs/${trick}/artifacts/scores.csv`,
    (trick: string) => `/api/runs/run_x/artifacts/${trick}`,
    (trick: string) => `/api/runs/run_x/samples/${trick}`,
    (trick: string) => `/api/keys/${trick}`,
  ];

  it.each(PATH_TRICKS)("%.60s", async (trick) => {
    for (const place of places) {
      const answer = await read(place(trick));
      expect([400, 404, 405]).toContain(answer.status);
      expect(answer.headers.get("Set-Cookie")).toBeNull();
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
    }
    const asked = await ask("/api/runs", {
      headers: { ...asAdmin(encodeURIComponent(trick).slice(0, 500)) },
    });
    expect(asked.status).toBe(404);
  });

  it.each(PATH_TRICKS)("a project cannot be named %.60s", async (project) => {
    const answer = await ask("/api/projects", {
      json: { project: decodeLoosely(project), name: "x" },
      headers: asAdmin(),
    });
    if (project === "constructor") {
      // Letters only: an honest name, and it is a key of no plain object anywhere.
      expect(answer.status).toBe(201);
      await env.DB.prepare("DELETE FROM projects WHERE id = 'constructor'").run();
    } else expect(answer.status).toBe(422);
  });
});

describe("SQL in every parameter", () => {
  const attacks = HOSTILE_TEXTS.filter((text) => /SELECT|DROP|DELETE|OR 1=1|OR '1'/.test(text));
  const parameters: [string, string[]][] = [
    ["/api/score/jobs", ["status", "session_id", "tag", "q", "from", "to", "limit", "cursor"]],
    ["/api/runs", ["limit", "cursor", "q", "tag"]],
    [
      "/api/runs/run_x/samples",
      ["sort", "order", "cause", "metric", "below", "above", "q", "limit", "cursor"],
    ],
    ["/api/runs/run_x/points", ["x", "y"]],
    ["/api/keys", ["limit", "cursor"]],
    ["/api/audit", ["limit", "cursor"]],
  ];

  it.each(parameters)("%s", async (path, names) => {
    expect(attacks.length).toBeGreaterThanOrEqual(5);
    for (const name of names) {
      for (const attack of attacks) {
        const answer = await read(`${path}?${name}=${encodeURIComponent(attack)}`);
        expect([200, 400, 404, 422], `${name}=${attack}`).toContain(answer.status);
        const text = await answer.text();
        expect(text).not.toMatch(/SQLITE|D1_ERROR|syntax error/);
      }
    }
    for (const table of ["jobs", "runs", "access_keys"]) {
      expect(await env.DB.prepare(`SELECT 1 FROM ${table} LIMIT 1`).first()).not.toBeNull();
    }
  });
});

describe("headers", () => {
  it.each([
    ["Idempotency-Key", "a\u00a0b"],
    ["Idempotency-Key", "x".repeat(10_000)],
    ["Prefer", `wait=${"9".repeat(5000)}`],
    ["Prefer", "wait=-1; wait=1e9"],
    ["traceparent", "00-<script>-x-01"],
    ["X-Project", "../default"],
    ["X-Project", "__proto__"],
    ["If-None-Match", '"'.repeat(5000)],
    ["Cookie", "=;;;=;__Host-touchstone_session=;".repeat(100)],
    ["Cf-Ray", "<script>alert(1)</script>"],
    ["X-Share-Token", `${"e30.".repeat(3000)}`],
    ["Authorization", `Bearer ${"Bearer ".repeat(1000)}x`],
    ["Content-Type", `application/json; charset=${"x".repeat(5000)}`],
  ])("%s: %.30s", async (name, value) => {
    const json = { question: "q?", answer: "a.", name: crypto.randomUUID() };
    const answer = await ask("/api/score", {
      body: JSON.stringify(json),
      headers: { "Content-Type": "application/json", ...bearer(key), [name]: value },
      vars,
    });
    expect([200, 202, 401, 403, 415, 422]).toContain(answer.status);
    expect(answer.headers.get("X-Request-Id")).toMatch(/^[\w-]{1,64}$/);
  });
});

describe("addresses that lead home", () => {
  it.each(HOME_ADDRESSES)("%s as callback_url is never called", async (address) => {
    const called = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("must not be called"));
    const answer = await ask("/api/score", {
      json: { question: "q?", answer: "a.", callback_url: address, name: crypto.randomUUID() },
      headers: bearer(key),
      vars,
    });
    expect([200, 422]).toContain(answer.status);
    expect(called).not.toHaveBeenCalled();
    called.mockRestore();
  });
});

describe("a provider whose errors repeat what they got", () => {
  it.each([400, 401, 403, 404, 422, 429, 500])(
    "%i: neither key nor text reaches the job, the report or the log",
    async (status) => {
      const text = `planted${status}text`;
      const called = vi.spyOn(globalThis, "fetch").mockImplementation(async () =>
        Response.json(
          {
            error: {
              message: `Incorrect API key provided: ${PLANTED.modelKey}. You sent: 机密 ${text} <script>alert(1)</script>`,
              code: "invalid_api_key",
            },
          },
          { status, headers: { "retry-after": "0", "x-should-retry": "false" } },
        ),
      );
      const answer = await ask("/api/score", {
        json: { question: text, answer: `${text}。`, contexts: [`${text}。`] },
        headers: bearer(key),
        vars: { ...vars, JUDGE: "llm" },
      });
      expect(called).toHaveBeenCalled();
      called.mockRestore();
      const result = (await answer.json()) as { job_id: string };
      const job = (await (await read(`/api/score/jobs/${result.job_id}`)).json()) as object;
      // Question and answer are shown as they are; nothing else may hold what the provider sent back.
      const { question, answer: scored, ...rest } = job as { question: string; answer: string };
      expect([question, scored]).toEqual([text, `${text}。`]);
      for (const secret of [PLANTED.modelKey, text, "alert(1)"]) {
        expect(JSON.stringify(rest)).not.toContain(secret);
        expect(JSON.stringify(result)).not.toContain(secret);
      }
      await ask(`/api/score/jobs/${result.job_id}/cancel`, {
        method: "POST",
        headers: bearer(key),
        vars,
      });
    },
  );
});

describe("the logs of all of the above", () => {
  it("hold no key, no secret and no judged text", () => {
    const all = logs.join("\n");
    expect(logs.length).toBeGreaterThan(100);
    for (const secret of [key, ...Object.values(PLANTED), "a-long-enough-admin-key"]) {
      expect(all).not.toContain(secret);
    }
    expect(all).not.toMatch(/planted\d+text/);
    expect(all).not.toContain("alert(1)");
    expect(all).not.toMatch(/evil\.test|DROP TABLE/);
  });
});

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

const CORE = [
  "faithfulness",
  "answer_relevancy",
  "context_recall",
  "context_precision",
  "noise_sensitivity",
  "factual_correctness",
  "semantic_similarity",
];

describe("a post becomes a report", () => {
  it.each([
    ["English", SAMPLE_EN],
    ["Chinese", SAMPLE_ZH],
  ])(
    "%s: 202 at once, then a completed job with a run and five artifacts",
    async (_name, sample) => {
      const answer = await send("/api/score/async", { json: { ...sample, metrics: CORE } });
      expect(answer.status).toBe(202);
      const accepted = (await answer.json()) as {
        job_id: string;
        status: string;
        run_id: null;
        warnings: unknown[];
      };
      expect(answer.headers.get("Location")).toBe(`/api/score/jobs/${accepted.job_id}`);
      expect(answer.headers.get("Retry-After")).toBe("2");
      expect(accepted).toMatchObject({ status: "queued", run_id: null, warnings: [] });

      const job = await waitForJob(accepted.job_id);
      expect(job).toMatchObject({
        status: "completed",
        error: null,
        progress: { done: 1, failed: 0, total: 1 },
      });
      const outcomes = job.outcomes as Record<
        string,
        { status: string; value: number | null; method: string }
      >;
      expect(Object.keys(outcomes).sort()).toEqual([...CORE].sort());
      for (const outcome of Object.values(outcomes)) {
        expect(outcome.status).toBe("scored");
        expect(outcome.value).toBeGreaterThanOrEqual(0);
        expect(outcome.value).toBeLessThanOrEqual(1);
      }
      for (const name of [
        "metadata.json",
        "scores.csv",
        "summary.md",
        "optimization_advice.md",
        "evidence.jsonl",
      ]) {
        const artifact = await send(`/api/runs/${job.run_id}/artifacts/${name}`);
        expect(artifact.status, name).toBe(200);
        expect((await artifact.text()).length, name).toBeGreaterThan(10);
        const etag = artifact.headers.get("ETag") ?? "";
        const again = await send(`/api/runs/${job.run_id}/artifacts/${name}`, {
          headers: { "If-None-Match": etag },
        });
        expect(again.status, name).toBe(304);
      }
      const listed = (await (await send("/api/runs")).json()) as { runs: { run_id: string }[] };
      expect(listed.runs.filter((run) => run.run_id === job.run_id)).toHaveLength(1);
    },
  );

  it("evidence offsets cut exactly the sentences out of the stored texts", async () => {
    const scored = (await (await send("/api/score", { json: SAMPLE_EN })).json()) as {
      run_id: string;
    };
    const answer = await send(`/api/runs/${scored.run_id}/samples/1`);
    const { evidence } = (await answer.json()) as {
      evidence: {
        answer: { text: string; sentences: { start: number; end: number }[] };
        passages: { text: string }[];
        claims: { verdict: string; evidence: { passage: number; start: number; end: number }[] }[];
      };
    };
    expect(evidence.answer.text).toBe(SAMPLE_EN.answer);
    expect(
      evidence.answer.sentences.map((s) => evidence.answer.text.slice(s.start, s.end)),
    ).toEqual(["The X200 has a warranty of two years.", "Repairs are free within it."]);
    const supported = evidence.claims.filter((claim) => claim.verdict === "supported");
    expect(supported.length).toBeGreaterThan(0);
    for (const claim of supported) {
      expect(claim.evidence.length).toBeGreaterThan(0);
      for (const span of claim.evidence) {
        expect(SAMPLE_EN.contexts[span.passage]).toContain(
          evidence.passages[span.passage]?.text.slice(span.start, span.end),
        );
      }
    }
  });

  it("takes a form body with the Python text of Dify's knowledge result", async () => {
    const contexts = `[{'metadata': {'score': 0.87, 'doc_metadata': None}, 'title': 'a.md', 'files': None, 'content': "Don't exceed 10 days.", 'summary': None}]`;
    const answer = await send("/api/score/async", {
      body: new URLSearchParams({
        question: "How many days?",
        answer: "At most 10 days.",
        contexts,
        ground_truth: "",
      }),
    });
    expect(answer.status).toBe(202);
    const { job_id } = (await answer.json()) as { job_id: string };
    const job = await waitForJob(job_id);
    expect(job.status).toBe("completed");
    expect((job.outcomes as Record<string, unknown>).context_recall).toMatchObject({
      status: "not_applicable",
      reason: "missing_ground_truth",
    });
    const sample = (await (await send(`/api/runs/${job.run_id}/samples/1`)).json()) as {
      evidence: { passages: { text: string }[] };
    };
    expect(sample.evidence.passages.map((passage) => passage.text)).toEqual([
      "Don't exceed 10 days.",
    ]);
  });

  it("scores within the request", async () => {
    const answer = await send("/api/score", { json: SAMPLE_ZH });
    expect(answer.status).toBe(200);
    const result = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining([
        "scores",
        "weighted_score",
        "latency_ms",
        "skipped_metrics",
        "error",
        "job_id",
        "run_id",
        "outcomes",
      ]),
    );
    expect(result.error).toBeNull();
    expect((await send(`/api/score/jobs/${result.job_id}`)).status).toBe(200);
    expect((await send(`/api/runs/${result.run_id}`)).status).toBe(200);
  });

  it("Prefer: wait answers 200 with the finished job", async () => {
    const answer = await send("/api/score/async", {
      json: { ...SAMPLE_EN, name: "waits" },
      headers: { Prefer: "wait=20" },
    });
    expect(answer.headers.get("Preference-Applied")).toBe("wait=20");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: "completed", name: "waits" });
  });

  it("survives the awkward inputs and says what was not applicable", async () => {
    const long = "The warranty lasts two years and covers every part of the device. ".repeat(1600);
    const cases: [string, Record<string, unknown>, string | null][] = [
      ["a 100 KB answer", { ...SAMPLE_EN, answer: long }, null],
      ["contexts missing", { ...SAMPLE_EN, contexts: undefined }, "missing_contexts"],
      ["ground truth missing", { ...SAMPLE_ZH, ground_truth: null }, "missing_ground_truth"],
      ["emoji", { ...SAMPLE_EN, answer: "👩‍🚀🎉 Two years 🎊!" }, null],
      [
        "mixed",
        { ...SAMPLE_ZH, answer: "每年有10天 annual leave，见 handbook 第3章。Yes, 10 days!" },
        null,
      ],
      ["an empty list of contexts", { ...SAMPLE_EN, contexts: [] }, null],
    ];
    for (const [name, json, reason] of cases) {
      const answer = await send("/api/score", { json });
      expect(answer.status, name).toBe(200);
      const result = (await answer.json()) as {
        error: unknown;
        outcomes: Record<string, { status: string; value: number | null; reason: string | null }>;
      };
      expect(result.error, name).toBeNull();
      for (const outcome of Object.values(result.outcomes)) {
        expect(outcome.status === "scored", name).toBe(typeof outcome.value === "number");
        expect(outcome.status === "scored", name).toBe(outcome.reason === null);
      }
      if (reason)
        expect(
          Object.values(result.outcomes).map((o) => o.reason),
          name,
        ).toContain(reason);
    }
  });

  it("keeps a large input in R2, not in the row", async () => {
    const answer = await send("/api/score", {
      json: { ...SAMPLE_EN, contexts: ["x y z. ".repeat(90_000)] },
    });
    expect(answer.status).toBe(200);
    const { job_id } = (await answer.json()) as { job_id: string };
    const row = await env.DB.prepare("SELECT input, input_key FROM samples WHERE job_id = ?1")
      .bind(job_id)
      .first();
    expect(row).toMatchObject({ input: null, input_key: `default/inputs/${job_id}/0.json` });
  });
});

describe("what is refused", () => {
  const problem = async (answer: Response) => {
    expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
    return (await answer.json()) as {
      status: number;
      code: string;
      detail: string;
      errors?: { pointer: string }[];
      request_id: string;
    };
  };

  it("a missing question: 422 with pointer", async () => {
    const answer = await send("/api/score/async", { json: { answer: "a" } });
    expect(answer.status).toBe(422);
    const body = await problem(answer);
    expect(body.errors?.map((error) => error.pointer)).toContain("#/question");
    expect(body.request_id).not.toBe("");
  });

  it("a body that cannot be read: 400", async () => {
    const answer = await send("/api/score/async", {
      body: '{"question": ',
      headers: { "Content-Type": "application/json" },
    });
    expect(answer.status).toBe(400);
    expect((await problem(answer)).code).toBe("body_unreadable");
  });

  it("an unknown metric: 422 naming the known ones", async () => {
    const answer = await send("/api/score/async", {
      json: { ...SAMPLE_EN, metrics: ["faithfulnes"] },
    });
    expect(answer.status).toBe(422);
    expect((await problem(answer)).detail).toContain("faithfulness");
  });

  it("3 MB: 413", async () => {
    const answer = await send("/api/score/async", {
      json: { ...SAMPLE_EN, answer: "x".repeat(3_000_000) },
    });
    expect(answer.status).toBe(413);
    await problem(answer);
  });

  it.each([
    "/api/score/jobs/job_none",
    "/api/runs/run_none",
    "/api/runs/run_none/artifacts/scores.csv",
    "/api/nothing",
  ])("%s: 404", async (path) => {
    const answer = await send(path);
    expect(answer.status).toBe(404);
    await problem(answer);
  });

  it("the 404 of a job names it as the contract says", async () => {
    expect((await problem(await send("/api/score/jobs/job_x"))).detail).toBe(
      "Score job not found: job_x",
    );
  });
});

describe("idempotency", () => {
  it("same key and payload: the same job; other payload: 422", async () => {
    const headers = { "Idempotency-Key": '"k-1"' };
    const first = (await (await send("/api/score/async", { json: SAMPLE_EN, headers })).json()) as {
      job_id: string;
    };
    const again = await send("/api/score/async", { json: SAMPLE_EN, headers });
    expect(again.status).toBe(202);
    expect(((await again.json()) as { job_id: string }).job_id).toBe(first.job_id);
    const other = await send("/api/score/async", { json: SAMPLE_ZH, headers });
    expect(other.status).toBe(422);
    expect(((await other.json()) as { code: string }).code).toBe("idempotency_mismatch");
  });

  it("an identical post without a key is the first job again, with a warning; a new key makes a new job", async () => {
    const json = { ...SAMPLE_ZH, question: "重复提交会怎样？" };
    const first = (await (await send("/api/score/async", { json })).json()) as { job_id: string };
    const again = (await (await send("/api/score/async", { json })).json()) as {
      job_id: string;
      warnings: { code: string }[];
    };
    expect(again.job_id).toBe(first.job_id);
    expect(again.warnings.map((warning) => warning.code)).toContain("duplicate_submission");
    const keyed = await send("/api/score/async", {
      json,
      headers: { "Idempotency-Key": "another" },
    });
    expect(((await keyed.json()) as { job_id: string }).job_id).not.toBe(first.job_id);
  });

  it("twenty posts of one key at once make one job", async () => {
    const headers = { "Idempotency-Key": "burst" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        send("/api/score/async", { json: { ...SAMPLE_EN, name: "burst" }, headers }),
      ),
    );
    const ids = new Set(
      await Promise.all(answers.map(async (a) => ((await a.json()) as { job_id: string }).job_id)),
    );
    expect(ids.size).toBe(1);
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM jobs WHERE name = 'burst'").first<{
      n: number;
    }>();
    expect(rows?.n).toBe(1);
  });
});

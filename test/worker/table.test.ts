import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type Outcome, REASONS } from "../../src/scoring/outcome.ts";
import type { RecordOf } from "../../src/storage/fields.ts";
import { samples } from "../../src/storage/schema.ts";
import { change, sql } from "../../src/storage/sql.ts";
import {
  columns,
  findAll,
  findOne,
  insert,
  jsonRows,
  set,
  setFromEach,
  valuesOfEach,
} from "../../src/storage/table.ts";
import { said } from "../../src/words/said.ts";

type Sample = RecordOf<typeof samples.fields>;

const { fields } = samples;
const read = (seq: number) =>
  findOne(
    env.DB,
    fields,
    sql`SELECT ${columns(fields)} FROM samples WHERE job_id = 'job_甲' AND seq = ${seq}`,
  );

// D1 keeps no NUL in a text, and no half of a character.
const anyText = fc
  .oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("'", "?1", "$1", "年假", '{"a":1}', "--"))
  .filter((text) => !/[\0\p{Surrogate}]/u.test(text));
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const anyMethod = fc.constantFrom("llm", "offline", "embedding", "text");
const sometimes = { confidence: fc.constantFrom("high", "medium", "low") };
const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record(
    {
      status: fc.constant("scored"),
      value: anyNumber,
      reason: fc.constant(null),
      method: anyMethod,
      interval: fc.tuple(anyNumber, anyNumber),
      coverage: anyNumber,
      ...sometimes,
    },
    { requiredKeys: ["status", "value", "reason", "method"] },
  ),
  fc.record(
    {
      status: fc.constantFrom("not_applicable", "failed"),
      value: fc.constant(null),
      reason: fc.constantFrom(null, ...REASONS),
      method: anyMethod,
      ...sometimes,
    },
    { requiredKeys: ["status", "value", "reason", "method"] },
  ),
);
const anyCount = fc.constantFrom(0, 1, 250_000);

const anySample: fc.Arbitrary<Sample> = fc.record({
  jobId: fc.constant("job_甲"),
  seq: fc.constant(0),
  sampleId: anyText,
  status: fc.constantFrom("queued", "completed", "failed"),
  attempt: fc.nat(),
  leaseUntil: orNull(fc.nat()),
  question: orNull(anyText),
  answer: anyText,
  outcomes: orNull(fc.dictionary(anyText, anyOutcome, { noNullPrototype: true })),
  weightedScore: orNull(fc.constantFrom(0, 1, 0.5, 0.1)),
  cause: orNull(anyText),
  worstMetric: orNull(anyText),
  gain: orNull(fc.constantFrom(0, 0.25)),
  error: orNull(
    fc.record({
      code: anyText,
      message: anyText.map((text) => said("told", { text })),
    }),
  ),
  usage: orNull(
    fc.record(
      {
        judge_calls: anyCount,
        cached_calls: anyCount,
        prompt_tokens: orNull(anyCount),
        completion_tokens: orNull(anyCount),
        estimated_tokens: anyCount,
      },
      { requiredKeys: ["judge_calls", "cached_calls", "prompt_tokens", "completion_tokens"] },
    ),
  ),
  evidence: orNull(fc.record({ part: anyText, offset: fc.nat(), length: fc.nat() })),
  tags: orNull(fc.dictionary(anyText, anyText, { noNullPrototype: true })),
  judgements: orNull(fc.array(anyText)),
  crashes: fc.nat(),
  sessionId: orNull(anyText),
  feedback: fc.constantFrom(null, "like", "dislike"),
  inputKey: orNull(anyText),
  input: orNull(anyText),
});

describe("a record comes back as it was given", () => {
  beforeEach(async () => {
    await env.DB.prepare("DELETE FROM samples").run();
  });

  it("when it is inserted, and when it is set", async () => {
    await fc.assert(
      fc.asyncProperty(anySample, anySample, async (first, second) => {
        await change(env.DB, sql`DELETE FROM samples`);
        await change(env.DB, insert(samples, first));
        expect(await read(0)).toEqual(first);
        await change(
          env.DB,
          sql`UPDATE samples SET ${set(samples, second)} WHERE job_id = 'job_甲' AND seq = 0`,
        );
        expect(await read(0)).toEqual(second);
      }),
      { numRuns: 50 },
    );
  });

  it("when many travel as one parameter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySample, { minLength: 1, maxLength: 4 }), async (given) => {
        const rows = given.map((sample, seq) => ({ ...sample, seq }));
        await change(env.DB, sql`DELETE FROM samples`);
        await change(
          env.DB,
          sql`INSERT INTO samples (${columns(fields)})
            SELECT ${valuesOfEach(fields)} FROM json_each(${jsonRows(fields, rows)})`,
        );
        const all = sql`SELECT ${columns(fields)} FROM samples WHERE job_id = 'job_甲' ORDER BY seq`;
        expect(await findAll(env.DB, fields, all)).toEqual(rows);
        const changed = rows.map((row) => ({ ...row, question: `${row.question}？`, error: null }));
        await change(
          env.DB,
          sql`UPDATE samples SET ${setFromEach(fields, "r.value")}
            FROM json_each(${jsonRows(fields, changed)}) AS r
            WHERE samples.job_id = 'job_甲' AND samples.seq = r.value ->> 'seq'`,
        );
        expect(await findAll(env.DB, fields, all)).toEqual(changed);
      }),
      { numRuns: 30 },
    );
  });

  it("and what is left out is what the table fills in", async () => {
    await change(
      env.DB,
      insert(samples, { jobId: "job_甲", seq: 1, sampleId: "1", status: "queued", answer: "?1" }),
    );
    expect(await read(1)).toMatchObject({ attempt: 0, crashes: 0, outcomes: null, error: null });
  });

  it("and a condition that does not hold writes nothing", async () => {
    const row = { jobId: "job_甲", seq: 2, sampleId: "1", status: "queued", answer: "" } as const;
    expect(await change(env.DB, insert(samples, row, sql`WHERE ${false}`))).toBe(0);
    expect(await read(2)).toBeNull();
  });
});

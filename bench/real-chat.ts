import { parseArgs } from "node:util";
import * as z from "zod";
import { CHECK_SET } from "../src/jobs/measure-judge/check-set.ts";
import { createChatJudge } from "../src/judges/chat/chat-judge.ts";
import { cutSample } from "../src/scoring/cut-text.ts";
import { JudgeUnavailable } from "../src/scoring/judge.ts";
import { needsOf } from "../src/scoring/needs.ts";
import { rateInterval } from "../src/scoring/rate-interval.ts";
import type { Sample } from "../src/scoring/sample.ts";

// `node bench/real-chat.ts http://127.0.0.1:8080/v1 [--samples 60]`: a real chat model that keeps to schemas judges, and
// each of its complete replies is searched for the ids it was asked for. What it was asked with values by id it is asked
// once more with lists that carry the ids, as many judges are asked. It says nothing of quality.

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  [word: string]: unknown;
}

const Asked = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({ json_schema: z.object({ schema: z.custom<Schema>() }) }),
});
type Asked = z.infer<typeof Asked>;

const Answered = z.object({
  choices: z.tuple([
    z.object({ finish_reason: z.string(), message: z.object({ content: z.string() }) }),
  ]),
});

const Counts = { replies: 0, cut: 0, ids: 0, missing: 0, repliesMissing: 0 };
const shapes = { "by id": { ...Counts }, "in lists": { ...Counts } };

/** The parts of a reply that hold a value for each of many ids. */
function keyedParts(schema: Schema): [string, string[], Schema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const [{ $ref = "" } = {}] = Object.values(part.properties ?? {});
    const item = schema.$defs?.[$ref.split("/").at(-1) ?? ""];
    return item ? [[name, part.required ?? [], item]] : [];
  });
}

/** The same call with lists of values that carry their ids, in the schema and in the example in words. */
function asLists(body: Asked): Asked {
  const { schema } = body.response_format.json_schema;
  const properties = { ...schema.properties };
  for (const [name, ids, item] of keyedParts(schema)) {
    const fields = { id: { type: "string", enum: ids }, ...item.properties };
    const items = { ...item, properties: fields, required: Object.keys(fields) };
    properties[name] = { type: "array", items };
  }
  const messages = body.messages.map(({ role, content }) => {
    const at = content.lastIndexOf("\n");
    const [, words = "", example = ""] = /^([^{]*)(\{.*\})$/.exec(content.slice(at + 1)) ?? [];
    if (role !== "system" || example === "") return { role, content };
    const shown: Record<string, unknown> = JSON.parse(example);
    for (const [name] of keyedParts(schema)) {
      const values = Object.entries(shown[name] ?? {});
      shown[name] = values.map(([id, fields]) => ({ id, ...fields }));
    }
    return { role, content: `${content.slice(0, at + 1)}${words}${JSON.stringify(shown)}` };
  });
  return {
    ...body,
    messages,
    response_format: {
      ...body.response_format,
      json_schema: { ...body.response_format.json_schema, schema: { ...schema, properties } },
    },
  };
}

function countMissing(counts: typeof Counts, schema: Schema, answered: unknown): void {
  const [{ finish_reason, message }] = Answered.parse(answered).choices;
  counts.replies += 1;
  if (finish_reason !== "stop") {
    counts.cut += 1;
    return;
  }
  const reply: Record<string, unknown> = JSON.parse(message.content);
  let missing = 0;
  for (const [name, ids] of keyedParts(schema)) {
    const found = reply[name];
    const given: unknown[] = Array.isArray(found)
      ? found.map((entry: { id?: unknown }) => entry.id)
      : Object.keys(found ?? {});
    counts.ids += ids.length;
    missing += ids.filter((id) => !given.includes(id)).length;
  }
  counts.missing += missing;
  counts.repliesMissing += Number(missing > 0);
}

/** Asks as it is told and once more with lists; what the judge reads is the answer by id. */
const askBothWays: typeof fetch = async (input, init) => {
  const asked = Asked.loose().parse(JSON.parse(String(init?.body)));
  const { schema } = asked.response_format.json_schema;
  const response = await fetch(input, init);
  if (!response.ok || keyedParts(schema).length === 0) return response;
  countMissing(shapes["by id"], schema, await response.clone().json());
  const headers = { "Content-Type": "application/json" };
  const inLists = await fetch(input, {
    ...{ method: "POST", headers, body: JSON.stringify(asLists(asked)) },
  });
  if (inLists.ok) countMissing(shapes["in lists"], schema, await inLists.json());
  return response;
};

/** A passage with its four claims as the answer; English and Chinese in turn. */
function sampleAt(n: number): Sample {
  const passages = [...new Set(CHECK_SET.map(({ passage }) => passage))];
  const half = passages.length / 2;
  const at = (n % 2) * half + ((Math.floor(n / 2) * 2) % half);
  const passage = passages[at] ?? "";
  const claims = CHECK_SET.filter((one) => one.passage === passage);
  const isChinese = claims[0]?.language === "zh";
  return {
    question: isChinese ? "关于它有哪些已知的事实？" : "What is known about it?",
    answer: claims.map(({ claim }) => claim).join(isChinese ? "" : " "),
    passages: [passage],
    ...{ reference: null, referencePassages: null, retrievedIds: null, referenceIds: null },
  };
}

async function run(url: string, samples: number): Promise<void> {
  const judge = createChatJudge({
    ...{ baseURL: url, apiKey: "none", model: "real", embeddingModel: null },
    // One processor, one sequence: what waits for its turn is not slow.
    ...{ slots: 1, timeoutMs: 20 * 60_000, callsPerSample: 4, fetch: askBothWays },
  });
  const startedAt = Date.now();
  const sentences = { asked: 0, split: 0 };
  const claims = { found: 0, judged: 0 };
  const controls = { asked: 0, held: 0 };
  for (let n = 0; n < samples; n += 1) {
    const sample = sampleAt(n);
    const needs = needsOf(["faithfulness"], sample);
    const table = await judge.fill(cutSample(sample), needs).catch((error: unknown) => {
      if (!(error instanceof JudgeUnavailable)) throw error;
      console.log(`sample ${n}: ${error.message}`);
      return null;
    });
    if (!table) continue;
    const found = table.answerClaims?.ok ? table.answerClaims.value : [];
    sentences.asked += 1;
    sentences.split += Number(table.answerClaims?.ok ?? false);
    claims.found += found.length;
    claims.judged += found.filter(({ passages }) => passages?.ok).length;
    controls.asked += table.controls?.asked ?? 0;
    controls.held += table.controls?.held ?? 0;
    const { "by id": byId, "in lists": inLists } = shapes;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(
      `${n + 1}/${samples} ${seconds} s; missing by id ${byId.missing} of ${byId.ids} (${byId.replies} replies, ${byId.cut} cut), in lists ${inLists.missing} of ${inLists.ids} (${inLists.replies}, ${inLists.cut})`,
    );
  }
  console.table(
    Object.fromEntries(
      Object.entries(shapes).map(([shape, counts]) => {
        const [low, high] = rateInterval(counts.missing, counts.ids);
        return [shape, { ...counts, "share missing": `${percent(low)}–${percent(high)}` }];
      }),
    ),
  );
  console.log({ answers: sentences, claims, controls });
  if (shapes["by id"].missing > 0) throw new Error("a complete reply by id left an id out");
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: "string", default: "60" } },
});
const [url] = positionals;
if (url === undefined) throw new Error("node bench/real-chat.ts http://127.0.0.1:PORT/v1");
await run(url, Number(values.samples));

import { createServer } from "node:http";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

// A small real chat model behind OpenAI's form, which keeps to the schemas it is sent. What runs it is no dependency:
//   npm install --prefix DIR node-llama-cpp   and a model file in GGUF
//   node bench/chat-server.ts --llama DIR/node_modules/node-llama-cpp --model FILE [--arrays] [--port N]
// It counts, over the replies that were not cut off, the ids asked for that are missing. With --arrays the values by id
// are asked for as lists with ids, as they were before, so that both shapes can be measured on the same calls.

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  [word: string]: unknown;
}

const { values } = parseArgs({
  options: {
    llama: { type: "string", default: "node_modules/node-llama-cpp" },
    model: { type: "string", default: "" },
    arrays: { type: "boolean", default: false },
    port: { type: "string", default: "18098" },
  },
});

const { getLlama, LlamaChatSession } = await import(resolve(values.llama, "dist/index.js"));
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
const model = await llama.loadModel({ modelPath: values.model });
const context = await model.createContext({ contextSize: 4096 });
const sequence = context.getSequence();
const counts = { replies: 0, cut: 0, asked: 0, missing: 0 };

/** Values by id as a list of the same values with their ids. */
function asLists(schema: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, part]) => {
    const [{ $ref = "" } = {}] = Object.values(part.properties ?? {});
    const item = schema.$defs?.[$ref.split("/").at(-1) ?? ""];
    if (!item) return [name, part];
    const ids = { type: "string", enum: part.required };
    const fields = { ...item, properties: { id: ids, ...item.properties } };
    return [
      name,
      { type: "array", items: { ...fields, required: Object.keys(fields.properties) } },
    ];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function countMissing(schema: Schema, text: string): void {
  const reply: Record<string, unknown> = JSON.parse(text);
  for (const [name, { required = [] }] of Object.entries(schema.properties ?? {})) {
    const found = reply[name];
    const ids = Array.isArray(found)
      ? found.map((entry: { id?: unknown }) => entry.id)
      : Object.keys(found ?? {});
    counts.asked += required.length;
    counts.missing += required.filter((id) => !ids.includes(id)).length;
  }
}

let line: Promise<unknown> = Promise.resolve();

async function reply(body: {
  messages: { role: string; content: string }[];
  max_tokens?: number;
  response_format?: { json_schema?: { schema: Schema } };
}) {
  const schema = body.response_format?.json_schema?.schema;
  const grammar =
    schema && (await llama.createGrammarForJsonSchema(values.arrays ? asLists(schema) : schema));
  await sequence.clearHistory();
  const session = new LlamaChatSession({ contextSequence: sequence });
  const prompt = body.messages.map(({ content }) => content).join("\n\n");
  const options = { grammar, maxTokens: Math.min(700, body.max_tokens ?? 700), temperature: 0 };
  const { responseText: content, stopReason } = await session.promptWithMeta(prompt, options);
  session.dispose();
  const isCut = stopReason === "maxTokens";
  counts.replies += 1;
  counts.cut += Number(isCut);
  if (schema && !isCut) countMissing(schema, content);
  console.log(JSON.stringify(counts));
  return {
    choices: [
      { finish_reason: isCut ? "length" : "stop", message: { role: "assistant", content } },
    ],
    usage: {
      prompt_tokens: model.tokenize(prompt).length,
      completion_tokens: model.tokenize(content).length,
    },
  };
}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const answer = line.then(() => reply(body));
  line = answer.catch(() => undefined);
  response.setHeader("content-type", "application/json");
  await answer
    .then((value) => response.end(JSON.stringify(value)))
    .catch((error) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
}).listen(Number(values.port), "127.0.0.1", () => console.log("ready"));

import { createServer } from "node:http";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

// A small real chat model behind OpenAI's form, which keeps to the schemas it is sent; `real-chat.ts` asks it. What runs
// it is no dependency of this project: see README.md beside this file.
//   node bench/chat-server.ts --llama DIR/node_modules/node-llama-cpp --model FILE.gguf [--port N] [--threads N]

const { values } = parseArgs({
  options: {
    llama: { type: "string", default: "node_modules/node-llama-cpp" },
    model: { type: "string", default: "" },
    port: { type: "string", default: "8080" },
    threads: { type: "string", default: "1" },
  },
});

/** Tokens of a reply: who says more than this repeats itself. */
const LONGEST_REPLY = 500;

const { getLlama, LlamaChatSession } = await import(resolve(values.llama, "dist/index.js"));
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
const model = await llama.loadModel({ modelPath: values.model });
const threads = Number(values.threads);
const context = await model.createContext({ contextSize: 4096, threads });
const sequence = context.getSequence();

interface Body {
  messages: { content: string }[];
  max_tokens?: number;
  response_format?: { json_schema?: { schema: unknown } };
}

async function reply({ messages, max_tokens = LONGEST_REPLY, response_format }: Body) {
  const schema = response_format?.json_schema?.schema;
  const grammar = schema && (await llama.createGrammarForJsonSchema(schema));
  // What the sequence holds of the call before is read again only from where the two differ.
  const session = new LlamaChatSession({ contextSequence: sequence, autoDisposeSequence: false });
  const prompt = messages.map(({ content }) => content).join("\n\n");
  const options = { grammar, maxTokens: Math.min(LONGEST_REPLY, max_tokens), temperature: 0 };
  const { responseText: content, stopReason } = await session.promptWithMeta(prompt, options);
  session.dispose();
  const finish_reason = stopReason === "maxTokens" ? "length" : "stop";
  return {
    choices: [{ finish_reason, message: { role: "assistant", content } }],
    usage: {
      prompt_tokens: model.tokenize(prompt).length,
      completion_tokens: model.tokenize(content).length,
    },
  };
}

// One after the other: there is one sequence.
let line: Promise<unknown> = Promise.resolve();

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = line.then(() => reply(JSON.parse(Buffer.concat(chunks).toString("utf8"))));
  line = answer.catch(() => undefined);
  response.setHeader("content-type", "application/json");
  await answer
    .then((value) => response.end(JSON.stringify(value)))
    .catch((error) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
}).listen(Number(values.port), "127.0.0.1", () => console.log("ready"));

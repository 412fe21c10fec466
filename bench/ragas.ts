import { execFileSync, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { type Asked, MEASURED, type Measured } from "../src/cli/docs/comparison-tables.ts";
import { createChatJudge } from "../src/judges/chat/chat-judge.ts";
import { createCapabilityMemory } from "../src/judges/chat/endpoint/capabilities.ts";
import type { Sample } from "../src/scoring/sample.ts";
import { scoreSample } from "../src/scoring/score-sample.ts";
import { startFakeOpenAi } from "../test/fakes/openai-server.ts";
import { referenceSample } from "./judged/reference-sample.ts";
import { round } from "./numbers.ts";
import { startScriptedModel, supports } from "./ragas/scripted-model.ts";

// `node bench/ragas.ts`: the real Ragas and Touchstone score the same samples with eight metrics on one scripted model,
// which counts what it is asked. Ragas comes from PyPI into `bench/.cache/ragas` (`--python` names an environment that has
// it). The figures go to `bench/ragas/measured.json`, from which `npm run docs` writes the table of docs/comparison.md.

const PASSAGES = [1, 5, 10];
const METRICS = [
  "faithfulness",
  "answer_relevancy",
  "context_precision",
  "context_utilization",
  "context_recall",
  "noise_sensitivity",
  "factual_correctness",
  "answer_correctness",
];

const RagasSays = z.object({ version: z.string(), scores: z.record(z.string(), z.number()) });

async function measure(python: string): Promise<Measured> {
  const rows: Measured["rows"] = [];
  let version = "";
  for (const passages of PASSAGES) {
    const sample = referenceSample(passages);
    const { asked, ragas } = await askRagas(python, sample);
    version = ragas;
    rows.push({ passages, touchstone: await askTouchstone(sample), ragas: asked });
  }
  return { ragas: version, day: new Date().toISOString().slice(0, 10), rows };
}

async function askTouchstone(sample: Sample): Promise<Asked> {
  const model = await startFakeOpenAi({
    brain: {
      check: (claim, lines) => {
        const evidence = lines.filter(({ text }) => supports(text, claim.text));
        return {
          verdict: evidence.length > 0 ? "supported" : "unsupported",
          evidence: evidence.map(({ id }) => id),
        };
      },
      compare: (claim, lines) =>
        lines.some(({ text }) => supports(text, claim.text)) ? "supported" : "unsupported",
    },
  });
  try {
    const judge = createChatJudge({
      ...{ baseURL: model.url, apiKey: "scripted", model: "scripted", embeddingModel: "scripted" },
      ...{ plan: "block", slots: 20, capabilities: createCapabilityMemory() },
    });
    const { scores } = await scoreSample(sample, { id: "sample", metrics: METRICS, judge });
    const chats = model.calls.filter(({ kind }) => kind === "chat");
    const sum = (of: (call: (typeof chats)[number]) => number) =>
      chats.reduce((total, call) => total + of(call), 0);
    return {
      chatCalls: chats.length,
      embeddingCalls: model.calls.length - chats.length,
      promptCharacters: sum((call) => call.promptCharacters),
      replyCharacters: sum((call) => call.replyCharacters),
      scores,
    };
  } finally {
    await model.close();
  }
}

async function askRagas(python: string, sample: Sample): Promise<{ ragas: string; asked: Asked }> {
  const model = await startScriptedModel(sample.question);
  try {
    const said = await runPython(
      python,
      ["bench/ragas/measure.py", model.url],
      JSON.stringify(sample),
    );
    const { version, scores } = RagasSays.parse(JSON.parse(said));
    const { chatCalls, embeddingCalls, promptCharacters, replyCharacters } = model;
    return {
      ragas: version,
      asked: { chatCalls, embeddingCalls, promptCharacters, replyCharacters, scores },
    };
  } finally {
    await model.close();
  }
}

function runPython(python: string, args: string[], input: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(python, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, RAGAS_DO_NOT_TRACK: "true" },
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += String(chunk);
    });
    child.on("close", (code) =>
      code === 0 ? done(said) : fail(new Error(`${python} ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}

function installRagas(): string {
  const folder = "bench/.cache/ragas";
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return python;
  execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", "-r", "bench/ragas/requirements.txt"], {
    stdio: "inherit",
  });
  return python;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { python: { type: "string" } } });
  const measured = await measure(values.python ?? installRagas());
  console.table(
    measured.rows.flatMap(({ passages, touchstone, ragas }) =>
      Object.entries({ touchstone, ragas }).map(([name, { scores: _, ...asked }]) => ({
        name,
        passages,
        ...asked,
      })),
    ),
  );
  console.table(
    METRICS.map((metric) => ({
      metric,
      ...Object.fromEntries(
        measured.rows.flatMap(({ passages, touchstone, ragas }) => [
          [`touchstone, ${passages}`, round(touchstone.scores[metric] ?? Number.NaN)],
          [`ragas, ${passages}`, round(ragas.scores[metric] ?? Number.NaN)],
        ]),
      ),
    })),
  );
  writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
}

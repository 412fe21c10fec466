import { parseArgs } from "node:util";
import type { ArtifactName } from "../../../../src/contract/service.ts";
import { verifyArtifacts } from "../../../../src/reports/text/verify-artifacts.ts";
import { APP_VERSION } from "../../../../src/version.ts";
import { Transport } from "../transport.ts";
import { orSay, SERVER_OPTIONS, serverOf } from "./server-options.ts";

// What is imported of the server comes into the package as one file: the same code that made the run checks it.

const COULD_NOT_CHECK = 2;
/** Evidence of the largest batch takes a while. */
const TIMEOUT_MS = 600_000;

/** Computes hashes and scores of a run again from its files: 0 all holds, 1 something does not. */
export function verify(args: string[]): Promise<number | null> {
  return orSay(check(args), COULD_NOT_CHECK);
}

async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: SERVER_OPTIONS,
  });
  const [runId, ...more] = positionals;
  if (runId === undefined || more.length > 0)
    throw new Error("Usage: touchstone-rag verify RUN_ID");
  const transport = new Transport({ ...serverOf(values), timeoutMs: TIMEOUT_MS });
  const path = `/api/runs/${encodeURIComponent(runId)}`;
  const report = await (await transport.send(path)).json();
  const read = async (name: ArtifactName) => {
    // `text()` would take the mark at the start of scores.csv away.
    const bytes = await (await transport.send(`${path}/artifacts/${name}`)).arrayBuffer();
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  };
  const files = {
    "metadata.json": await read("metadata.json"),
    "scores.csv": await read("scores.csv"),
    "summary.md": await read("summary.md"),
    "optimization_advice.md": await read("optimization_advice.md"),
    "evidence.jsonl": await read("evidence.jsonl"),
  };
  const { findings, recomputed, appVersion } = verifyArtifacts(files, report);
  if (values.json) console.log(JSON.stringify({ run_id: runId, findings, recomputed }, null, 2));
  else print(runId, { findings, recomputed, appVersion });
  return findings.length > 0 ? 1 : 0;
}

function print(
  runId: string,
  { findings, recomputed, appVersion }: ReturnType<typeof verifyArtifacts>,
): void {
  if (appVersion !== null && appVersion !== APP_VERSION) {
    console.log(`Made by version ${appVersion}, checked by version ${APP_VERSION}.`);
  }
  for (const finding of findings) console.log(`✗ ${finding}`);
  if (findings.length > 0) return;
  console.log(
    `✓ ${runId}: ${recomputed} sample${recomputed === 1 ? "" : "s"} computed again from evidence.jsonl; scores, means and all hashes are the same.`,
  );
}

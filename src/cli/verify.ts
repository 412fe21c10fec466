import { parseArgs } from "node:util";
import type { Report } from "../contract/report.ts";
import { ARTIFACT_NAMES, type ArtifactName } from "../contract/service.ts";
import { verifyArtifacts } from "../reports/text/verify-artifacts.ts";
import { APP_VERSION } from "../version.ts";
import { callService, openService, ServiceError } from "./service/call-service.ts";

// `npm run verify -- RUN_ID`: downloads the files of a run and computes hashes and scores again from the evidence.
// Exit code 0: everything holds; 1: something does not; 2: it could not be checked.

const USAGE = "Usage: npm run verify -- RUN_ID [--url http://localhost:8787] [--key KEY]";

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: { type: "string" }, key: { type: "string" } },
  });
  const [runId, ...more] = positionals;
  if (runId === undefined || more.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const service = openService(values);
  const path = `/api/runs/${encodeURIComponent(runId)}`;
  const report = (await (await callService(service, path)).json()) as Report;
  const files = Object.fromEntries(
    await Promise.all(
      ARTIFACT_NAMES.map(async (name) => {
        const answer = await callService(service, `${path}/artifacts/${name}`);
        // `text()` would take the mark at the start of scores.csv away.
        const bytes = await answer.arrayBuffer();
        return [name, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)] as const;
      }),
    ),
  ) as Record<ArtifactName, string>;
  const { findings, recomputed, appVersion } = verifyArtifacts(files, report);
  if (appVersion !== null && appVersion !== APP_VERSION) {
    console.log(`Made by version ${appVersion}, checked by version ${APP_VERSION}.`);
  }
  for (const finding of findings) console.log(`✗ ${finding}`);
  if (findings.length > 0) return 1;
  console.log(
    `✓ ${runId}: ${recomputed} sample${recomputed === 1 ? "" : "s"} computed again from evidence.jsonl; scores, means and all hashes are the same.`,
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isKnown = error instanceof ServiceError || error instanceof TypeError;
  console.error(isKnown ? error.message : error);
  return 2;
});

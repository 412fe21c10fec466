import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { runTool } from "../src/cli/run-tool.ts";

/** Bytes of what is uploaded and of what a browser loads first, as gzip: level 9 for the browser, wrangler's own for the Worker. */
export async function benchBundle(): Promise<Record<string, unknown>> {
  await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
  const html = readFileSync("dist/index.html", "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(
    (match) => match[1] ?? "",
  );
  const initial = scripts.map((path) => ({ path, gzip: gzipped(join("dist", path)) }));
  const directory = mkdtempSync(join(tmpdir(), "touchstone-bundle-"));
  const output = await runTool("wrangler", ["deploy", "--dry-run", "--outdir", directory]);
  rmSync(directory, { recursive: true, force: true });
  const result = {
    initial_javascript_gzip_kb: kilobytes(initial.reduce((sum, file) => sum + file.gzip, 0)),
    initial_files: initial,
    worker_gzip_kib: Number(output.match(/gzip: ([\d.]+) KiB/)?.[1]),
  };
  console.table([
    {
      what: "initial JavaScript (gzip, kB)",
      measured: result.initial_javascript_gzip_kb,
      goal: 60,
    },
    { what: "Worker (gzip, KiB)", measured: result.worker_gzip_kib, goal: 300 },
  ]);
  return result;
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}

if (import.meta.main) await benchBundle();

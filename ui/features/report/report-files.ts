import { queryOptions } from "@tanstack/solid-query";
import { pathOf, request, send } from "../../kit/api.ts";

/** A link that reads this one report and nothing else. */
export function shareRun(runId: string) {
  return request("POST /api/runs/:run_id/share", { params: { run_id: runId }, body: {} });
}

export function artifactPath(runId: string, name: string): string {
  return pathOf("GET /api/runs/:run_id/artifacts/:name", { run_id: runId, name });
}

/** The report as one file that opens from disk. */
export function reportFilePath(runId: string): string {
  return pathOf("GET /api/runs/:run_id/report.html", { run_id: runId });
}

async function getArtifactText(runId: string, name: string, signal: AbortSignal) {
  return (await send(artifactPath(runId, name), { signal })).text();
}

/** A plain link carries a cookie but no share token; with one, the file is fetched here. */
export async function getFile(path: string): Promise<Blob> {
  return (await send(path, {})).blob();
}

export function artifactQuery(runId: string, name: string) {
  return queryOptions({
    queryKey: ["artifact", runId, name],
    queryFn: ({ signal }) => getArtifactText(runId, name, signal),
    staleTime: 60_000,
  });
}

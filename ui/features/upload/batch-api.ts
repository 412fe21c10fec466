import type { Accepted, BadRow, JudgeChoice, Problem } from "../../../src/contract.ts";
import { OWN_FORMAT } from "../../../src/intake/formats/format.ts";
import { ApiError, send } from "../../kit/api.ts";

/** What holds for every sample of an upload. */
export interface BatchWish {
  name: string;
  metrics: readonly string[];
  tags: Readonly<Record<string, string>>;
  judge: JudgeChoice | null;
}

/** Sends a file of JSON Lines. A request of the older kind, because `fetch` does not tell how much has gone out. */
export function sendBatch(
  lines: Blob,
  wish: BatchWish,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Accepted> {
  // The columns were matched on the page, so the lines have the service's own names.
  const search = new URLSearchParams({ metrics: wish.metrics.join(","), format: OWN_FORMAT });
  if (wish.name.trim()) search.set("name", wish.name.trim());
  if (Object.keys(wish.tags).length > 0) search.set("tags", JSON.stringify(wish.tags));
  if (wish.judge !== null) search.set("judge", wish.judge);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/score/batch?${search}`);
    request.setRequestHeader("Content-Type", "application/x-ndjson");
    request.setRequestHeader("X-Requested-With", "touchstone");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onShare(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("load", () => {
      const { status, response } = request;
      if (status === 202) resolve(response as Accepted);
      else reject(refusalOf(status, request));
    });
    const lost = () => reject(new ApiError("No answer from the server", null, null));
    request.addEventListener("error", lost);
    request.addEventListener("abort", () => reject(signal.reason));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(lines);
  });
}

function refusalOf(status: number, request: XMLHttpRequest): ApiError {
  const isProblem = request.getResponseHeader("content-type")?.includes("problem+json");
  const problem = isProblem ? (request.response as Problem | null) : null;
  return new ApiError(problem?.detail ?? request.statusText, status, problem);
}

/** Rows of an upload the server could not read. */
export async function getBadRows(jobId: string, signal: AbortSignal): Promise<BadRow[]> {
  const answer = await send(`/api/score/jobs/${encodeURIComponent(jobId)}/bad-rows`, { signal });
  return ((await answer.json()) as { bad_rows: BadRow[] }).bad_rows;
}

/** The same with the columns that were sent. The mark that makes Excel read UTF-8 is put back: reading takes it away. */
export async function getRejectedCsv(jobId: string): Promise<string> {
  const answer = await send(`/api/score/jobs/${encodeURIComponent(jobId)}/bad-rows?format=csv`, {});
  return `\uFEFF${await answer.text()}`;
}

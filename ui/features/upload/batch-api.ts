import type { Accepted, BadRow } from "../../../src/contract/job.ts";
import type { JudgeChoice } from "../../../src/contract/outcome.ts";
import type { Problem } from "../../../src/contract/service.ts";
import { OWN_FORMAT } from "../../../src/intake/formats/format.ts";
import { ApiError, ownHeaders, pathOf, request, send } from "../../kit/api.ts";

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
  const path = pathOf(
    "POST /api/score/batch",
    {},
    {
      metrics: wish.metrics.join(","),
      format: OWN_FORMAT,
      name: wish.name.trim(),
      tags: Object.keys(wish.tags).length > 0 ? JSON.stringify(wish.tags) : null,
      judge: wish.judge,
    },
  );
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", path);
    xhr.setRequestHeader("Content-Type", "application/x-ndjson");
    for (const [name, value] of Object.entries(ownHeaders())) xhr.setRequestHeader(name, value);
    xhr.responseType = "json";
    xhr.upload.addEventListener("progress", ({ loaded, total }) =>
      onShare(total > 0 ? loaded / total : 0),
    );
    xhr.addEventListener("load", () => {
      const { status, response } = xhr;
      if (status === 202) resolve(response as Accepted);
      else reject(refusalOf(status, xhr));
    });
    const lost = () => reject(new ApiError("No answer from the server", null, null));
    xhr.addEventListener("error", lost);
    xhr.addEventListener("abort", () => reject(signal.reason));
    signal.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(lines);
  });
}

function refusalOf(status: number, xhr: XMLHttpRequest): ApiError {
  const isProblem = xhr.getResponseHeader("content-type")?.includes("problem+json");
  const problem = isProblem ? (xhr.response as Problem | null) : null;
  return new ApiError(problem?.detail ?? xhr.statusText, status, problem);
}

/** Rows of an upload the server could not read. */
export async function getBadRows(id: string, signal: AbortSignal): Promise<BadRow[]> {
  return (await request("GET /api/score/jobs/:id/bad-rows", { params: { id }, signal })).bad_rows;
}

/** The same with the columns that were sent. The mark that makes Excel read UTF-8 is put back: reading takes it away. */
export async function getRejectedCsv(id: string): Promise<string> {
  const path = pathOf("GET /api/score/jobs/:id/bad-rows", { id }, { format: "csv" });
  const answer = await send(path, {});
  return `\uFEFF${await answer.text()}`;
}

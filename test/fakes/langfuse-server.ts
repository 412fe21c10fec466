import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

/*
 * The two routes of Langfuse's public API that scores need, as its server has them: Basic authentication by the keys of a
 * project, a strict body, a score under the same id replaced, and its own words for what it refuses.
 */

export interface LangfuseSetup {
  /** Its secret key; the public one is its id. */
  secret: string;
  trouble?: "limited" | "down" | "no-access" | undefined;
}

export interface LangfuseLog {
  /** What was asked, in order. */
  calls: { path: string; status: number }[];
  /** By their ids, as somebody sees them. */
  scores: Record<string, Record<string, unknown>>;
}

interface Asked {
  method: string;
  path: string;
  authorization: string;
  body: string;
}

const HOST_WORDS = "Invalid credentials. Confirm that you've configured the correct host.";

export class FakeLangfuse {
  readonly #projects = new Map<string, LangfuseSetup & LangfuseLog>();

  /** Makes a project, or changes one. */
  set(id: string, setup: LangfuseSetup): void {
    const { calls = [], scores = {} } = this.#projects.get(id) ?? {};
    this.#projects.set(id, { calls, scores, ...setup });
  }

  log(id: string): LangfuseLog {
    const { calls = [], scores = {} } = this.#projects.get(id) ?? {};
    return { calls, scores };
  }

  serve(asked: Asked, response: ServerResponse): void {
    const [status, value, headers] = this.#answer(asked);
    this.#projects.get(keysIn(asked).id)?.calls.push({ path: asked.path, status });
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  }

  #answer(asked: Asked): [status: number, body: object, headers?: Record<string, string>] {
    const { method, path, body } = asked;
    const { id, secret } = keysIn(asked);
    const project = this.#projects.get(id);
    if (project === undefined || project.secret !== secret) {
      return [401, { error: "UnauthorizedError", message: HOST_WORDS }];
    }
    if (project.trouble === "down") return [502, { message: "Bad gateway" }];
    if (path === "/api/public/projects" && method === "GET") {
      return [200, { data: [{ id: `p-${id}`, name: `客服 "${id}"`, metadata: {} }] }];
    }
    if (path !== "/api/public/scores" || method !== "POST") {
      return [405, { message: "Method not allowed" }];
    }
    if (project.trouble === "limited") {
      return [429, { message: "Rate limit exceeded" }, { "Retry-After": "30" }];
    }
    if (project.trouble === "no-access") {
      return [403, { error: "ForbiddenError", message: "Access denied - Ingestion is suspended" }];
    }
    const score = readScore(body);
    if (typeof score === "string") {
      return [400, { message: "Invalid request data", error: [{ message: score }] }];
    }
    const given = typeof score.id === "string" ? score.id : null;
    const scoreId = given ?? createHash("sha256").update(body).digest("hex");
    project.scores[scoreId] = score;
    return [200, { id: scoreId }];
  }
}

function keysIn({ authorization }: Asked): { id: string; secret: string } {
  const encoded = /^Basic (.+)$/.exec(authorization)?.[1] ?? "";
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id, secret };
}

/** The body, or what is wrong with it. */
function readScore(body: string): Record<string, unknown> | string {
  const score = JSON.parse(body) as Record<string, unknown>;
  const targets = ["traceId", "sessionId", "datasetRunId"].filter((name) => name in score);
  if (targets.length !== 1 || typeof score.traceId !== "string") {
    return "Provide exactly one of the following: traceId (with optional observationId), sessionId or datasetRunId. ObservationId requires traceId.";
  }
  if (typeof score.name !== "string" || score.name === "") return "name: Required";
  if (score.dataType === "NUMERIC" && !Number.isFinite(score.value)) {
    return "value: Expected number";
  }
  return score;
}

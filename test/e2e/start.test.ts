import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { request } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pause, type RunningServer, startServer } from "./server.ts";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.close());

/** As a browser does that was led to this machine by a name. */
function ask(port: number, headers: Record<string, string>, body?: string): Promise<number> {
  return new Promise((resolve) => {
    const method = body === undefined ? "GET" : "POST";
    const path = body === undefined ? "/api/runs" : "/api/score/async";
    const asked = request({ hostname: "127.0.0.1", port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", () => resolve(0));
    asked.end(body);
  });
}

/** Ports that a process and those below it listen at; Linux only. */
function listeningPorts(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return "";
      }
    }),
  );
  const own = ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((file) => readFileSync(file, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === "0A" && sockets.has(`socket:[${inode}]`))
    .map(([, address = ""]) => Number.parseInt(address.slice(address.lastIndexOf(":") + 1), 16));
  return [...own, ...children.flatMap((child) => listeningPorts(Number(child)))];
}

describe("a server that npm start began", () => {
  it.runIf(process.platform === "linux")(
    "tells nothing to a re-bound page at any of its ports, whatever headers it sends",
    async () => {
      const { host, origin, port } = new URL(server.origin);
      const ports = listeningPorts(server.pid());
      expect(ports).toContain(Number(port));
      for (const at of ports) {
        const tricks: Record<string, string>[] = [
          {},
          { "MF-Original-URL": `${origin}/api/runs` },
          { "MF-Original-URL": `${origin}/api/runs`, "MF-Route-Override": "touchstone" },
          { "MF-Original-URL": `${origin}/api/runs`, "MF-Route-Override": "core:user:touchstone" },
          { "MF-CF-Blob": JSON.stringify({ hostMetadata: { originalUrl: origin } }) },
          { "X-Forwarded-Proto": "https" },
          { "X-Forwarded-Host": host, Forwarded: `host=${host}` },
        ];
        for (const headers of tricks) {
          const status = await ask(at, { Host: "evil.example", ...headers });
          expect([at, headers, status]).not.toEqual([at, headers, 200]);
        }
      }
      expect(await ask(Number(port), { Host: host })).toBe(200);
    },
  );

  it("takes a change from its own page behind a tunnel that speaks TLS, and from no other", async () => {
    const port = Number(new URL(server.origin).port);
    const name = "four-random-words-here.trycloudflare.com";
    const body = JSON.stringify({
      question: "年假几天？",
      answer: "十天。",
      contexts: ["年假十天。"],
    });
    const send = (origin: string) =>
      ask(
        port,
        {
          Host: name,
          Origin: origin,
          "X-Forwarded-Proto": "https",
          "Content-Type": "application/json",
        },
        body,
      );
    expect(await send(`https://${name}`)).toBe(202);
    expect(await send("https://other-random-words.trycloudflare.com")).toBe(403);
  });

  it("goes on by itself with what was queued when it was killed, asked by nobody", async () => {
    const accepted = await fetch(`${server.origin}/api/score/batch`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        samples: Array.from({ length: 300 }, (_, n) => ({
          question: `Question ${n}`,
          answer: `保修两年，第${n}条。`,
          contexts: ["The warranty is two years. 保修两年。"],
        })),
      }),
    });
    expect(accepted.status).toBe(202);
    await server.kill();
    await server.restart();
    const folder = `${server.directory}/v3/d1/miniflare-D1DatabaseObject`;
    const files = readdirSync(folder).filter((name) => /^[0-9a-f]+\.sqlite$/.test(name));
    const [file] = files;
    if (file === undefined) throw new Error("no database");
    const database = new DatabaseSync(`${folder}/${file}`, { readOnly: true });
    const openJobs = database.prepare(
      "SELECT count(*) AS open FROM jobs WHERE status IN ('queued', 'running')",
    );
    while (openJobs.get()?.open !== 0) await pause(500);
    database.close();
  });
});

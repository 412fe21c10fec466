import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Export {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface FakeCollector {
  url: string;
  exports: Export[];
  /** How it answers from now on; default 200 with an empty object. */
  setAnswer(answer: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** A collector of OpenTelemetry over HTTP that keeps what it was sent. */
export async function startFakeCollector(): Promise<FakeCollector> {
  const exports: Export[] = [];
  let answer = (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end("{}");
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      exports.push({ path: request.url ?? "", headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exports,
    setAnswer: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

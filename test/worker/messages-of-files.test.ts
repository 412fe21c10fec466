import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { beginFile, withOwnQueue } from "./own-queue.ts";

it("a message of another file is dropped, one of nobody is read", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  const { JOBS } = withOwnQueue(env);
  beginFile();
  await JOBS.sendBatch([{ body: { kind: "foreign" } as never }]);
  await env.JOBS.sendBatch([{ body: { kind: "unmarked" } as never }]);
  await vi.waitFor(() => expect(log).toHaveBeenCalled(), { timeout: 20_000 });
  const lines = log.mock.calls
    .map(([line]) => String(line))
    .filter((line) => line.includes("queue.unreadable"));
  expect(lines).toHaveLength(1);
});

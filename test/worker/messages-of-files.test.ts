import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";

it("a message of another file is dropped, one of nobody is read", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await env.JOBS.sendBatch([
    { body: { kind: "foreign", file: "another" } as never },
    { body: { kind: "unmarked" } as never },
  ]);
  await vi.waitFor(() => expect(log).toHaveBeenCalled(), { timeout: 20_000 });
  const lines = log.mock.calls
    .map(([line]) => String(line))
    .filter((line) => line.includes("queue.unreadable"));
  expect(lines).toHaveLength(1);
});

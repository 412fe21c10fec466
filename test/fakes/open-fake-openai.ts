import { afterAll, beforeEach } from "vitest";
import { type FakeOpenAi, startFakeOpenAi } from "./openai-server.ts";

/** A fake for all tests of a file: honest and without a fault at the start of each, closed after the last. */
export async function openFakeOpenAi(
  options?: Parameters<typeof startFakeOpenAi>[0],
): Promise<FakeOpenAi> {
  const fake = await startFakeOpenAi(options);
  beforeEach(() => {
    fake.reset();
    fake.setFault(null);
    fake.setBrain({});
  });
  afterAll(() => fake.close());
  return fake;
}

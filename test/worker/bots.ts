import type { TestProject } from "vitest/node";
import { startFakeBots } from "../fakes/bots.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the fakes of group bots answer. */
    botsUrl: string;
  }
}

/** Tests in workerd reach the bots as the Worker does: over the network. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bots = await startFakeBots();
  project.provide("botsUrl", bots.url);
  return () => bots.close();
}

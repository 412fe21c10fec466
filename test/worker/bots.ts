import type { TestProject } from "vitest/node";
import { startFakeApps } from "../fakes/apps.ts";
import { startFakeBots } from "../fakes/bots.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the fakes of group bots answer. */
    botsUrl: string;
    /** Where the fakes of apps answer. */
    appsUrl: string;
  }
}

/** Tests in workerd reach bots and apps as the Worker does: over the network. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [bots, apps] = [await startFakeBots(), await startFakeApps()];
  project.provide("botsUrl", bots.url);
  project.provide("appsUrl", apps.url);
  return async () => {
    await Promise.all([bots.close(), apps.close()]);
  };
}

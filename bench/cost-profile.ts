import { Session } from "node:inspector/promises";

/** Frames of the client and the simulators of D1 and R2: on the platform their work is not ours. */
const FOREIGN = /node_modules\/(?:wrangler|miniflare|undici)\//;
const NOT_WORK = new Set(["(idle)", "(program)", "(root)"]);

/** Samples the processor; `stop` gives the milliseconds spent in our code, its libraries and collecting its garbage. */
export async function startCpuProfile(): Promise<{ stop: () => Promise<number> }> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  return {
    async stop() {
      const { profile } = await session.post("Profiler.stop");
      session.disconnect();
      const parents = new Map<number, number>();
      for (const { id, children } of profile.nodes) {
        for (const child of children ?? []) parents.set(child, id);
      }
      const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
      const isOurs = (leaf: number) => {
        if (NOT_WORK.has(frames.get(leaf)?.functionName ?? "")) return false;
        for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
          if (FOREIGN.test(frames.get(id)?.url ?? "")) return false;
        }
        return true;
      };
      const ours = new Map(profile.nodes.map(({ id }) => [id, isOurs(id)]));
      const deltas = profile.timeDeltas ?? [];
      const microseconds = (profile.samples ?? []).reduce(
        (sum, id, at) => sum + (ours.get(id) ? (deltas[at] ?? 0) : 0),
        0,
      );
      return microseconds / 1000;
    },
  };
}

export interface Load {
  clients: number;
  requests: number;
  p50Ms: number;
  p95Ms: number;
  perSecond: number;
}

/** `clients` callers, each sending its next request when the last is answered, until `requests` are done. */
export async function runLoad(
  clients: number,
  requests: number,
  send: (n: number) => Promise<void>,
): Promise<Load> {
  const times: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < requests) {
        const n = next++;
        const sentAt = performance.now();
        await send(n);
        times.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return {
    clients,
    requests,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    perSecond: Math.round(requests / seconds),
  };
}

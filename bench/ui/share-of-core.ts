const SPIN_MS = 400;

/** How much of a core a busy program gets now: 1 on a calm machine; below it, all times measured beside are too long. */
export function shareOfCore(): number {
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  while (performance.now() - startedAt < SPIN_MS);
  const { user, system } = process.cpuUsage(cpuAtStart);
  return (user + system) / 1000 / (performance.now() - startedAt);
}

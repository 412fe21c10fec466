const WIDTH = 24;

interface Progress {
  done: number;
  total: number;
  failed?: number;
  isOver: boolean;
}

/** A bar that is written over; nothing where nobody watches. */
export function showProgress({ done, total, failed = 0, isOver }: Progress): void {
  if (!process.stderr.isTTY) return;
  const filled = total > 0 ? Math.floor((WIDTH * done) / total) : 0;
  const bar = "█".repeat(filled) + "·".repeat(WIDTH - filled);
  const failures = failed > 0 ? `, ${failed} failed` : "";
  process.stderr.write(`\r${bar} ${done}/${total}${failures} ${isOver ? "\n" : ""}`);
}

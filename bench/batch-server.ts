import { readdirSync, readFileSync } from "node:fs";
import type { Job } from "../src/contract/job.ts";
import type { RunningServer } from "../test/e2e/server.ts";

/** Samples like those of a regression set: short passages, Chinese and English in turn. */
export function makeRows(count: number): object[] {
  return Array.from({ length: count }, (_, n) =>
    n % 2 === 0
      ? {
          id: `zh-${n}`,
          question: `第${n}条：入职满${1 + (n % 9)}年有几天年假？`,
          answer: `入职满${1 + (n % 9)}年的员工每年有${5 + (n % 11)}天带薪年假，未休完可以顺延。`,
          contexts: [
            `员工入职满${1 + (n % 9)}年后，每年享有${5 + (n % 10)}天带薪年假。`,
            "未休完的年假可以顺延到次年三月底。",
            "病假需要提交医院证明。",
          ],
          ground_truth: `每年${5 + (n % 10)}天带薪年假。`,
        }
      : {
          id: `en-${n}`,
          question: `Item ${n}: how long is the warranty of the X${200 + (n % 50)}?`,
          answer: `The X${200 + (n % 50)} has a warranty of ${1 + (n % 4)} years. Repairs are free within it.`,
          contexts: [
            `The X${200 + (n % 50)} comes with a ${1 + (n % 3)}-year warranty.`,
            "Repairs within the warranty are free of charge.",
            "Orders can be returned within 30 days of delivery.",
          ],
          ground_truth: `${1 + (n % 3)} years; repairs within it are free.`,
        },
  );
}

export async function postBatch(server: RunningServer, rows: readonly object[]): Promise<string> {
  const response = await fetch(`${server.origin}/api/score/batch?judge=offline`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(rows),
  });
  if (response.status !== 202) throw new Error(`the batch was refused: ${await response.text()}`);
  return ((await response.json()) as { job_id: string }).job_id;
}

/** The job, or null while the server cannot be reached. */
export async function readJob(server: RunningServer, id: string): Promise<Job | null> {
  const response = await fetch(`${server.origin}/api/score/jobs/${id}`).catch(() => null);
  return response?.ok ? ((await response.json()) as Job) : null;
}

/** Resident memory of workerd below a process, in MB; 0 where /proc does not tell. */
export function workerdMemoryMb(serverPid: number): number {
  const parents = new Map<number, { parent: number; name: string }>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const status = readProc(`/proc/${entry}/status`);
    const name = /^Name:\t(.*)$/m.exec(status)?.[1] ?? "";
    const parent = Number(/^PPid:\t(\d+)$/m.exec(status)?.[1] ?? 0);
    parents.set(Number(entry), { parent, name });
  }
  let kilobytes = 0;
  for (const [pid, { name }] of parents) {
    if (name !== "workerd" || !isBelow(parents, pid, serverPid)) continue;
    kilobytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`))?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

function isBelow(
  parents: ReadonlyMap<number, { parent: number }>,
  pid: number,
  ancestor: number,
): boolean {
  for (let at = pid; at > 1; at = parents.get(at)?.parent ?? 0) if (at === ancestor) return true;
  return false;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isPortTaken } from "./ports.ts";

const Server = z.object({ pid: z.int(), port: z.int() });
type Server = z.infer<typeof Server>;

/**
 * Notes beside the database that this process serves it at this port; whoever serves it already instead, for two servers
 * that write one SQLite file lock each other out. A note whose process is gone, or answers no more, is out of date.
 */
export async function claimFolder(folder: string, port: number): Promise<Server | null> {
  const file = join(folder, "touchstone-server.json");
  const other = readNote(file);
  if (other !== null && isAlive(other.pid) && (await isPortTaken(other.port))) return other;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify({ pid: process.pid, port } satisfies Server));
  process.on("exit", () => {
    if (readNote(file)?.pid === process.pid) rmSync(file);
  });
  return null;
}

function readNote(file: string): Server | null {
  try {
    return Server.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is alive too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

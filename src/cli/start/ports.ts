import { connect, createServer } from "node:net";

/** Whether somebody answers at this port of this machine already. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host: "localhost", port });
    const end = (isTaken: boolean) => {
      probe.destroy();
      resolve(isTaken);
    };
    probe.once("connect", () => end(true));
    probe.once("error", () => end(false));
  });
}

/**
 * A port for a server that must be told one. It lies below those the system gives to whoever asks for any: between this
 * look and the server's start, and while it is being restarted, others may well ask.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

import { connect } from "node:net";

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

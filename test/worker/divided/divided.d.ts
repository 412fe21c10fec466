/** See divide.ts. */
declare module "*?divided" {
  const worker: typeof import("../../../src/worker.ts").default;
  export default worker;
}

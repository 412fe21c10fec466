// One workerd runs many files, and the queue outlives the tables of each, so that a delayed message of one file, or one
// that its last consumer sends, would work on the tables of the next. Messages carry the file they come from, whichever
// way they were sent, and those of another are dropped. The file stands where all modules see it: they are read anew in
// each, the Worker's own beside those of the tests.
const PLACE = Symbol.for("the file under test");
const shared = globalThis as { [PLACE]?: string };

/** From here on another file is under test. */
export function beginFile(): void {
  shared[PLACE] = crypto.randomUUID();
}

export function isOfThisFile({ body }: Message<unknown>): boolean {
  const isMarked = typeof body === "object" && body !== null && "file" in body;
  return !isMarked || body.file === shared[PLACE];
}

/** The environment of a Worker whose messages are of the file under test, also those it sends after its end. */
export function withOwnQueue<E extends Pick<Cloudflare.Env, "JOBS">>(env: E): E {
  const { JOBS } = env;
  const file = shared[PLACE];
  const sendBatch: typeof JOBS.sendBatch = (messages, options) =>
    JOBS.sendBatch(
      [...messages].map((message) => ({ ...message, body: { ...message.body, file } })),
      options,
    );
  return { ...env, JOBS: { send: JOBS.send.bind(JOBS), sendBatch, metrics: () => JOBS.metrics() } };
}

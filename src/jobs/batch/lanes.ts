/**
 * Messages of one batch under way at once, each in a lane of its own: as many as the queue works on at the same time
 * (`max_concurrency` × `max_batch_size`). The rest of a batch waits in the table, not in the queue, so a job that is
 * submitted meanwhile does not stand behind thousands of messages.
 */
export const LANES = 50;

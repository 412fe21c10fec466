/** The first look at a trace: by then most runs are complete, so most are looked at once. */
export const FIRST_LOOK_MS = 30_000;
/** While what a run was scored as is still being made, what came late waits. */
export const LATE_PAUSE_MS = 60_000;
/** A trace whose look failed is looked at again after this long. */
export const TRACE_PAUSE_MS = 60_000;
/** Nobody waits longer: the sender's spans of ten minutes, and a pause. */
export const LONGEST_TRACE_MS = 11 * 60_000;
/** No text of a trace is kept longer, whatever keeps it from being put together. */
export const TEXTS_KEPT_MS = 60 * 60_000;

/** A mistake of the caller, told in one sentence that says what to do. */
export class UsageError extends Error {}

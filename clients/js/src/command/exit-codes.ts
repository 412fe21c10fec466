/** What a verdict is for a shell; CI stops at anything but 0. */
export const EXIT_CODES = { pass: 0, fail: 1, inconclusive: 2 } as const;
/** There is no verdict: the server could not be asked, or refused. */
export const COULD_NOT_ASK = 3;

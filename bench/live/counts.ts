/** What the object of the listeners asked of the platform since the server started. */
export interface LiveCounts {
  connections: number;
  tells: number;
  rounds: number;
  /** Statements to D1: of jobs for progress, of keys and sign-ins, and the note that somebody listens. */
  progressReads: number;
  accessReads: number;
  notes: number;
  rowsRead: number;
  rowsWritten: number;
  /** While it could not sleep, in milliseconds: progress counts for the second it may keep a look waiting. */
  awakeMs: number;
}

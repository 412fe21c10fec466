import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";

/** Nothing more fits: the disk of a machine of one's own, the size of one D1 database, the storage of the account. */
const FULL =
  /SQLITE_FULL|database or disk is full|exceeded maximum db size|maximum account storage limit/i;

/**
 * The connection or its machine went away, or another one writes; a later try may do. Of a commit that found the disk
 * full workerd says `internal error` and no more, and goes on so until there is space.
 */
const TRANSIENT =
  /network connection lost|storage caused object to be reset|reset because its code was updated|internal error|d1 db is overloaded|cannot resolve d1 db due to transient issue|timed out|SQLITE_BUSY|database is locked/i;

export function isFull(error: unknown): boolean {
  return error instanceof Error && FULL.test(error.message);
}

export function isTransient(error: unknown): boolean {
  return error instanceof Error && TRANSIENT.test(error.message) && !isFull(error);
}

const RETRY_FULL_SECONDS = 60;
const RETRY_AWAY_SECONDS = 10;

/** What a failure of database or bucket means to people; null: it is none. */
export function storageFailure(error: unknown): AppError | null {
  if (isFull(error)) {
    return new AppError(said("storage_full.full"), {
      cause: error,
      retryAfterSeconds: RETRY_FULL_SECONDS,
    });
  }
  if (!isTransient(error)) return null;
  return new AppError(said("storage_unavailable.away"), {
    cause: error,
    retryAfterSeconds: RETRY_AWAY_SECONDS,
  });
}

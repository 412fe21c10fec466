import { t } from "../i18n/translate.ts";
import { ApiError } from "./api.ts";

/** Why something was not done, for a toast or below a form: the server's words, or that it gave none. */
export function sayWhy(error: unknown): string {
  if (error instanceof ApiError && error.status === null) return t().error.network;
  return (error instanceof Error ? error.message : String(error)) || t().error.unreadable;
}

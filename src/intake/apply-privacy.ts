import type { RedactKind } from "../contract/access.ts";
import type { ScoreRequest } from "../contract/score-request.ts";
import type { SaidWarning } from "../words/said.ts";
import { redactRequest } from "./redact.ts";

/**
 * What a project's settings do to a request before anything of it is stored: personal data goes, and a project that
 * keeps no texts says so to every later step. Every way in must pass here; what still holds the texts as they came
 * (an upload) must be deleted once it has been read.
 */
export function applyPrivacy(
  request: ScoreRequest,
  settings: { redact: readonly RedactKind[]; storeText: boolean },
): { request: ScoreRequest; warnings: SaidWarning[] } {
  const { request: clean, warnings } = redactRequest(request, settings.redact);
  return { request: settings.storeText ? clean : { ...clean, store_text: false }, warnings };
}

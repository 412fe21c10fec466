import type { Handlers } from "../../http/serve-routes.ts";
import { scoreBatch } from "./batch.ts";
import { importDify } from "./import-dify.ts";
import type { SCORE_ROUTES } from "./routes.ts";
import { scoreAsync, scoreNow } from "./score.ts";

export const SCORE_HANDLERS: Handlers<typeof SCORE_ROUTES> = {
  score_async: scoreAsync,
  score_now: scoreNow,
  score_batch: scoreBatch,
  import_dify: importDify,
};

import { type JudgeObstacle, JudgeUnavailable } from "../../../scoring/judge.ts";
import { type Parameter, said } from "../../../words/said.ts";
import type { Trouble } from "./provider-errors.ts";
import { cleanWords } from "./provider-words.ts";
import { pause } from "./send-in-slot.ts";
import { CALL_TIMEOUT_MS, RETRY_PAUSE_MS } from "./settings.ts";

/** A longer wait belongs to the queue, which costs nothing while waiting. */
const LONGEST_QUICK_WAIT_SECONDS = 4;

/** Who was asked, and the names of the settings that say so. */
interface Asked {
  model: string;
  apiKey: string | null;
  names: string;
  timeoutMs?: number;
  retryPauseMs?: number;
}

/** Allowances of a day are told to come back at midnight UTC, and were seen to come a little later. */
function msToNextDay(now: number): number {
  const DAY_MS = 86_400_000;
  return DAY_MS - (now % DAY_MS) + 5 * 60_000;
}

function obstacleOf(trouble: Trouble): JudgeObstacle {
  if (trouble.kind === "misconfigured") return trouble.obstacle;
  return trouble.kind === "missing" ? "unknown_model" : "request_refused";
}

/** What the provider says, as a sentence to go behind ours; "" when it says nothing. */
export function wordsOf(
  { apiKey }: Pick<Asked, "apiKey">,
  trouble: Trouble,
  sent: readonly string[],
): Parameter {
  const theirs = "said" in trouble ? (trouble.said ?? "") : "";
  const words = cleanWords(theirs, { apiKey: apiKey ?? "", sent });
  return words === null ? "" : said("provider_says", { words });
}

/** Waits for the one quick retry, or throws so that the queue waits instead. */
export async function waitOrThrow(
  settings: Asked,
  trouble: Trouble,
  { failures, sentTexts }: { failures: number; sentTexts: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { model, names } = settings;
  if (trouble.kind === "timeout") {
    const seconds = (settings.timeoutMs ?? CALL_TIMEOUT_MS) / 1000;
    throw new JudgeUnavailable(said("judge_timeout", { model, seconds }), {
      isRetryable: true,
      trouble: "timeout",
    });
  }
  const theirs = wordsOf(settings, trouble, sentTexts);
  if (trouble.kind === "spent") {
    const waitMs = msToNextDay(Date.now());
    const until = new Date(Date.now() + waitMs).toISOString();
    throw new JudgeUnavailable(said("judge_spent", { model, until, theirs }), {
      isRetryable: true,
      retryAfterSeconds: Math.ceil(waitMs / 1000),
      trouble: "allowance_spent",
    });
  }
  if (trouble.kind !== "busy") {
    const detail = "detail" in trouble ? trouble.detail : said("provider_refuses");
    throw new JudgeUnavailable(said("judge_unusable", { model, detail, theirs, names }), {
      isRetryable: false,
      trouble: obstacleOf(trouble),
    });
  }
  const asked = trouble.retryAfterSeconds;
  if (failures > 1 || (asked ?? 0) > LONGEST_QUICK_WAIT_SECONDS) {
    throw new JudgeUnavailable(said("judge_away", { model, detail: trouble.detail, theirs }), {
      isRetryable: true,
      retryAfterSeconds: asked,
      trouble: trouble.obstacle,
    });
  }
  const quickMs = settings.retryPauseMs ?? RETRY_PAUSE_MS;
  await pause(asked === null ? quickMs : asked * 1000, signal);
}

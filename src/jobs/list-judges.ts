import { utcDay } from "../access/quota.ts";
import type { JudgeCard } from "../contract/access.ts";
import { JUDGE_KINDS } from "../scoring/outcome.ts";
import { costOfThousand, PRICES_OF } from "../scoring/prices.ts";
import { rateInterval } from "../scoring/rate-interval.ts";
import { judgeKindOf, modelOf } from "../settings.ts";
import { readJudgeCounts } from "../storage/judge-counts.ts";
import { say } from "../words/say.ts";
import type { Reader } from "../words/speaker.ts";
import { isOffered } from "./check-judge.ts";
import type { JobContext } from "./context.ts";
import { summarizeMeasured } from "./measure-judge/measure-claims.ts";
import { findMeasure, isBetterThanOffline } from "./measure-judge/run-measure.ts";
import { listModelEnds, sayEnd } from "./model-shutdowns.ts";

const DAY_MS = 86_400_000;
const COUNTED_DAYS = 30;

/** What may judge here: by which model, at what price, and how far each is known to be right. */
export async function listJudges(
  { settings, db, home, now }: JobContext,
  reader: Reader,
): Promise<JudgeCard[]> {
  const { decision } = settings;
  const used = await judgeKindOf(settings, null, () => isBetterThanOffline(home, decision.model));
  const since = utcDay(now() - COUNTED_DAYS * DAY_MS);
  const ends = await listModelEnds(home, settings, now());
  return Promise.all(
    JUDGE_KINDS.map(async (kind): Promise<JudgeCard> => {
      const model = modelOf(settings, kind);
      const measure = await findMeasure(home, kind, model);
      const end = ends.find((one) => one.model === model);
      const counts = model === null ? null : await readJudgeCounts(db, model, since);
      return {
        kind,
        model,
        is_used: kind === used,
        is_offered: isOffered(settings, kind),
        ends: end ? say(sayEnd(end), reader) : null,
        needs_key: kind === "llm" || (kind === "decision" && !decision.isBound),
        usd_per_thousand:
          kind === "offline" ? 0 : model === null ? null : costOfThousand(model, kind),
        prices_of: PRICES_OF,
        measured: measure && {
          day: measure.day,
          ...summarizeMeasured(measure.measured),
          kinds: measure.measured.kinds,
          ms: measure.measured.ms,
          tokens: measure.measured.tokens,
        },
        controls: counts && {
          ...counts,
          interval: counts.asked > 0 ? rateInterval(counts.held, counts.asked) : null,
          flip_interval: counts.twice > 0 ? rateInterval(counts.flipped, counts.twice) : null,
        },
      };
    }),
  );
}

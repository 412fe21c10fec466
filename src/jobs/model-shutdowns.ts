import * as z from "zod";
import { errorForLog } from "../error-for-log.ts";
import { addressAt, operatorDestination } from "../net/destination.ts";
import { fetchWithin } from "../net/read-answer.ts";
import { announcedEnd } from "../scoring/shutdowns.ts";
import type { Settings } from "../settings.ts";
import { readFact, takeTurn, writeFact } from "../storage/facts.ts";
import { type Said, said } from "../words/said.ts";
import type { JobContext } from "./context.ts";

const DAY_MS = 86_400_000;
/** Told so long before: time to measure another model and to move. */
const TOLD_DAYS_AHEAD = 60;
const NAME = "model_shutdowns";
/** A list of a thousand models is a quarter of it. */
const LONGEST_LIST_BYTES = 1024 * 1024;
const TIMEOUT_MS = 20_000;

/** A model that is used here and will not answer from a day on. */
export interface ModelEnd {
  model: string;
  /** YYYY-MM-DD. */
  day: string;
  /** Until then; below zero: it is over. */
  days: number;
}

/** OpenAI's form; who names no date leaves the field out. */
const ModelList = z.object({
  data: z.array(
    z.object({ id: z.string(), shutdown_date: z.iso.date().nullish().catch(undefined) }),
  ),
});
const Dates = z.record(z.string(), z.string());
type Dates = z.infer<typeof Dates>;

interface Asked {
  base: string;
  key: string | null;
  models: readonly string[];
}

/** Which models are asked at which address. */
function endpointsOf({ openaiBaseUrl, openaiApiKey, decision, ...settings }: Settings): Asked[] {
  const { judgeModel, embeddingModel, allowedModels } = settings;
  const chat = [judgeModel, embeddingModel ?? [], decision.splitModel ?? [], allowedModels].flat();
  return [
    ...(openaiApiKey === null ? [] : [{ base: openaiBaseUrl, key: openaiApiKey, models: chat }]),
    ...(decision.baseURL === null || decision.dialect === "workers-ai"
      ? []
      : [{ base: decision.baseURL, key: decision.apiKey, models: [decision.model] }]),
  ];
}

const nameAt = ({ base }: Asked, model: string) => `${new URL(base).host} ${model}`;

/** Asks the providers once a day which of our models end; what cannot be had stays as it was. Never throws. */
export async function lookForShutdowns(context: JobContext): Promise<void> {
  const { home, settings, now } = context;
  const endpoints = endpointsOf(settings);
  if (endpoints.length === 0) return;
  try {
    if (!(await takeTurn(home, NAME, now(), now() + DAY_MS))) return;
    const known = await readDates(home);
    const found: Dates = {};
    for (const asked of endpoints) Object.assign(found, await datesAt(context, asked, known));
    await writeFact(home, NAME, JSON.stringify(found));
  } catch (error) {
    context.log({ event: "shutdowns.failed", error: errorForLog(error) });
  }
}

async function readDates(home: D1Database): Promise<Dates> {
  return Dates.catch({}).parse(JSON.parse((await readFact(home, NAME)) || "{}"));
}

/** As the provider says now; when it does not say, as was known. */
async function datesAt(context: JobContext, asked: Asked, known: Dates): Promise<Dates> {
  const told = await askForDates(context, asked).catch((error: unknown) => {
    context.log({ event: "shutdowns.unknown", error: errorForLog(error) });
    return null;
  });
  return Object.fromEntries(
    asked.models.flatMap((model) => {
      const day = told ? told.get(model) : known[nameAt(asked, model)];
      return day ? [[nameAt(asked, model), day]] : [];
    }),
  );
}

async function askForDates(
  { outside, settings }: JobContext,
  { base, key }: Asked,
): Promise<Map<string, string>> {
  const endpoint = operatorDestination(base);
  const send = fetchWithin(endpoint, LONGEST_LIST_BYTES, (input, init) =>
    outside.fetch(String(input), init ?? {}),
  );
  const response = await send(addressAt(endpoint, "models").href, {
    headers: {
      ...settings.extraHeaders,
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the list of models answers ${response.status}`);
  const { data } = ModelList.parse(await response.json());
  return new Map(data.flatMap(({ id, shutdown_date: day }) => (day ? [[id, day] as const] : [])));
}

/** Models in use that end soon or have ended, the first one first: as their provider says, else as it was announced. */
export async function listModelEnds(
  home: D1Database,
  settings: Settings,
  now: number,
): Promise<ModelEnd[]> {
  const endpoints = endpointsOf(settings);
  if (endpoints.length === 0) return [];
  const told = await readDates(home).catch((): Dates => ({}));
  const ends = endpoints.flatMap((asked) =>
    [...new Set(asked.models)].flatMap((model): ModelEnd[] => {
      const day = told[nameAt(asked, model)] ?? announcedEnd(new URL(asked.base).host, model);
      if (day === null) return [];
      return [{ model, day, days: Math.ceil((Date.parse(day) - now) / DAY_MS) }];
    }),
  );
  return ends.filter(({ days }) => days <= TOLD_DAYS_AHEAD).sort((a, b) => a.days - b.days);
}

export function sayEnd({ model, day, days }: ModelEnd): Said {
  return days > 0 ? said("model_ends", { model, day, days }) : said("model_ended", { model, day });
}

interface Shutdown {
  /** Of the host; the same model may live on elsewhere. */
  host: string;
  models: readonly string[];
  /** YYYY-MM-DD: from then on it does not answer. */
  day: string;
}

/** As announced on the providers' pages on 2026-11-30, for providers whose list of models does not say it, and for when that cannot be asked. */
const SHUTDOWNS: readonly Shutdown[] = [
  {
    host: "api.openai.com",
    models: ["gpt-4.1-nano", "o4-mini", "gpt-3.5-turbo", "gpt-4"],
    day: "2026-10-23",
  },
  {
    host: "api.openai.com",
    models: ["gpt-5", "gpt-5-mini", "gpt-5-nano", "o3"],
    day: "2026-12-11",
  },
  {
    host: "api.openai.com",
    models: [
      ...["gpt-4o-mini", "gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20"],
      ...["gpt-4.1", "gpt-4.1-mini"],
    ],
    day: "2027-01-14",
  },
  { host: "api.openai.com", models: ["gpt-5.1"], day: "2027-04-01" },
];

/** The day a model ends at a host; null: none was announced. */
export function announcedEnd(host: string, model: string): string | null {
  const found = SHUTDOWNS.find((one) => one.host === host && one.models.includes(model));
  return found?.day ?? null;
}

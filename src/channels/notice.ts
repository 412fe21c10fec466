import type { ChannelEventName } from "../contract/channel.ts";
import type { Language } from "../contract/outcome.ts";
import { NOTICE_WORDS } from "../words/channel-words.ts";
import type { Parameter } from "../words/said.ts";
import { Speaker } from "../words/speaker.ts";
import { cutCharacters, plainText } from "./plain-text.ts";

/** The ends of a job a `callback_url` is told of, and a test, besides what a channel chooses. */
export type EventName = ChannelEventName | "job.completed" | "job.cancelled" | "channel.test";

/** What happened, the same for every kind of channel. Texts are as they came; what is unknown is null. */
export interface ChannelEvent {
  name: EventName;
  /** Milliseconds since 1970. */
  at: number;
  project: string;
  /** What it is about, as people call it. */
  subject: string | null;
  metric: string | null;
  mean: number | null;
  interval: readonly [number, number] | null;
  n: number | null;
  line: { side: "below" | "above"; threshold: number } | null;
  tag: string | null;
  why: string | null;
  /** At most three; without their texts where the project keeps none. */
  worst: readonly { sampleId: string; question: string | null; score: number | null }[];
  /** Of the page about it. */
  path: string | null;
}

/** A message as people see it: plain texts in one language, from which every kind draws its own. */
export interface Notice {
  tone: "bad" | "good" | "neutral";
  title: string;
  facts: readonly { name: string; value: string }[];
  list: { title: string; lines: readonly string[] } | null;
  link: { title: string; href: string } | null;
}

/** In every title, whatever its language: a bot may ask for either name as its keyword. */
const BRAND = "试金石 Touchstone";
const TITLE_CHARACTERS = 90;
const FACT_CHARACTERS = 160;
const LINE_CHARACTERS = 120;
const MOST_WORST = 3;
/** Of a digest: who wants to read more opens the page. */
export const LINES_OF_MANY = 8;

type Word = keyof typeof NOTICE_WORDS extends `notice.${infer Code}` ? Code : never;

const speaker = new Speaker(NOTICE_WORDS);

function word(language: Language, code: Word, params: Readonly<Record<string, Parameter>> = {}) {
  return speaker.say({ code: `notice.${code}`, params }, language);
}

/** For whom a message is written. */
interface Audience {
  language: Language;
  /** Of the dashboard that links lead to; null: no link. */
  origin: string | null;
}

/** One event as a message. */
export function describeEvent(event: ChannelEvent, { language, origin }: Audience): Notice {
  const about = (code: Word, value: string | null) =>
    value === null || value === "" ? [] : [{ name: word(language, code), value: fact(value) }];
  const lines = event.worst.slice(0, MOST_WORST).map((sample) => {
    const score = sample.score === null ? "" : `${share(sample.score)} `;
    return cut(`${score}${sample.question ?? sample.sampleId}`, LINE_CHARACTERS);
  });
  return {
    tone: toneOf(event.name),
    title: branded(titleOf(event, language)),
    facts: [
      ...about("fact_metric", event.metric),
      ...about("fact_mean", meanOf(event, language)),
      ...about("fact_line", lineOf(event, language)),
      ...about("fact_samples", event.n === null ? null : String(event.n)),
      ...about("fact_tag", event.tag),
      ...about("fact_why", event.name === "channel.test" ? word(language, "test_line") : event.why),
      ...about("fact_project", event.project),
    ],
    list: lines.length === 0 ? null : { title: word(language, "worst"), lines },
    link: linkTo(origin, event.path, language),
  };
}

/** Many events as one message: how many of each, and the first of them by title and reason. */
export function describeMany(
  events: readonly ChannelEvent[],
  { language, origin }: Audience,
): Notice {
  const counts = new Map<EventName, number>();
  for (const { name } of events) counts.set(name, (counts.get(name) ?? 0) + 1);
  const titles = events.slice(0, LINES_OF_MANY).map((event) => {
    const title = titleOf(event, language);
    return cut(event.why ? `${title} – ${event.why}` : title, LINE_CHARACTERS);
  });
  const left = events.length - titles.length;
  const title = word(language, "title_of_many", { count: events.length });
  const isBad = events.some(({ name }) => toneOf(name) === "bad");
  return {
    tone: isBad ? "bad" : "neutral",
    title: branded(title),
    facts: Array.from(counts, ([name, count]) => ({
      name: word(language, `many.${name}`),
      value: word(language, "count_of_event", { count }),
    })),
    list: {
      title: word(language, "latest"),
      lines: left > 0 ? [...titles, word(language, "more", { count: left })] : titles,
    },
    link: linkTo(origin, "/", language),
  };
}

function titleOf({ name, subject, metric }: ChannelEvent, language: Language): string {
  return word(language, `title.${name}`, { subject: cut(subject ?? metric ?? "", 60) });
}

function branded(title: string): string {
  return cutCharacters(`${BRAND} · ${title}`, TITLE_CHARACTERS);
}

function meanOf({ mean, interval }: ChannelEvent, language: Language): string | null {
  if (mean === null) return null;
  if (interval === null) return share(mean);
  const [low, high] = interval.map(share);
  return word(language, "mean_with_interval", {
    mean: share(mean),
    low: low ?? "",
    high: high ?? "",
  });
}

function lineOf({ line }: ChannelEvent, language: Language): string | null {
  if (line === null) return null;
  return word(language, `line_${line.side}`, { threshold: share(line.threshold) });
}

/** The page of an event at a dashboard; an id could hold anything. */
function linkTo(origin: string | null, path: string | null, language: Language): Notice["link"] {
  if (origin === null || path === null) return null;
  const title = word(language, path === "/" ? "open_page" : "open_report");
  return { title, href: new URL(path, origin).href };
}

function toneOf(name: EventName): Notice["tone"] {
  if (name === "alert.resolved" || name === "job.completed" || name === "trace.scored") {
    return "good";
  }
  return name === "channel.test" || name === "job.cancelled" ? "neutral" : "bad";
}

function share(value: number): string {
  return value.toFixed(3);
}

function fact(value: string): string {
  return cut(value, FACT_CHARACTERS);
}

function cut(text: string, most: number): string {
  return cutCharacters(plainText(text), most);
}

import { billOf, dollarsOf } from "../../../bench/prices.ts";
import type { Language } from "../../contract/outcome.ts";

/** What one job of one sample takes, as `npm run bench -- cost kept` counts it; that bench holds its figures against these. */
export const JOB_COUNTS = {
  requests: 5,
  queueMessages: 1,
  queueOperations: 3,
  rowsWritten: 14,
  /** Judgements of a model are remembered. */
  rowsWrittenForModel: 22,
  rowsRead: 78,
  /** Accept, claim, finish; of five jobs that come in one batch claim and finish are one each. */
  transactions: 3,
  classA: 1,
  cpuMs: 25,
  databaseBytes: 1966,
  databaseBytesForModel: 3750,
  bucketBytes: 19_800,
  /** Of the default four metrics. */
  judgeCalls: 3,
} as const;

/** Of the Workers Paid plan, as read in Cloudflare's documentation in November 2026; how long a call takes is assumed. */
const PLATFORM_LIMITS = {
  databaseBytes: 10e9,
  accountBytes: 1e12,
  /** A D1 database does one thing at a time: 1 ÷ the time of a write by key, about a millisecond. */
  transactionsPerSecond: 1000,
  queueMessagesPerSecond: 5000,
  consumers: 250,
  callsOfConsumer: 5,
  callSeconds: 2,
  bindings: 5000,
} as const;

const RATES = [10, 100, 1000];
const TENANTS = [1, 10, 100, 1000];
const RETENTION_DAYS = 30;
const DAY_SECONDS = 86_400;
const MONTH_DAYS = 30;

type Words = Readonly<Record<Language, string>>;

const LIMITS = {
  database: {
    limit: PLATFORM_LIMITS.databaseBytes,
    use: (rate: number, tenants: number) => keptBytes(rate) / tenants,
    words: { en: "size of a database", zh: "单个数据库的大小" },
  },
  account: {
    limit: PLATFORM_LIMITS.accountBytes,
    use: (rate: number) => keptBytes(rate),
    words: { en: "storage of the account", zh: "账户的总存储" },
  },
  transactions: {
    limit: PLATFORM_LIMITS.transactionsPerSecond,
    use: (rate: number, tenants: number) => (rate * JOB_COUNTS.transactions) / tenants,
    words: { en: "writes of a database", zh: "单个数据库的写入" },
  },
  calls: {
    limit: PLATFORM_LIMITS.consumers * PLATFORM_LIMITS.callsOfConsumer,
    use: (rate: number) => rate * JOB_COUNTS.judgeCalls * PLATFORM_LIMITS.callSeconds,
    words: { en: "calls to the model at once", zh: "同时进行的模型调用" },
  },
  queue: {
    limit: PLATFORM_LIMITS.queueMessagesPerSecond,
    use: (rate: number) => rate * JOB_COUNTS.queueMessages,
    words: { en: "messages of the queue", zh: "队列的消息数" },
  },
  bindings: {
    limit: PLATFORM_LIMITS.bindings,
    use: (_: number, tenants: number) => tenants,
    words: { en: "bindings of the Worker", zh: "Worker 的绑定数" },
  },
} satisfies Record<
  string,
  { limit: number; use: (rate: number, tenants: number) => number; words: Words }
>;

/** What finished jobs keep in all databases, judged by a model, until they are old enough to go. */
function keptBytes(rate: number): number {
  return rate * DAY_SECONDS * RETENTION_DAYS * JOB_COUNTS.databaseBytesForModel;
}

/** The limit that is reached first, and how many times what there is fits below it: under 1 it does not hold. */
function firstLimit(rate: number, tenants: number): { words: Words; fits: number } {
  const all = Object.values(LIMITS).map(({ limit, use, words }) => ({
    words,
    fits: limit / use(rate, tenants),
  }));
  return all.reduce((first, one) => (one.fits < first.fits ? one : first));
}

const count = (n: number) => Math.round(n).toLocaleString("en-US");
const percent = (share: number) => `${count(share * 100)} %`;
const two = (n: number) => (n >= 10 ? count(n) : n.toPrecision(2));

const WORDS = {
  en: {
    load: "| jobs a second | jobs a month | D1 is full after, offline | with a model | D1 writes a second | calls at once | messages a second | dollars a month |",
    days: (n: number) => `${two(n)} days`,
    million: (n: number) => `${count(n / 1e6)} million`,
    of: (use: number, limit: number) => `${count(use)} of ${count(limit)}`,
    first: `| jobs a second, kept ${RETENTION_DAYS} days |${TENANTS.map((n) => ` ${count(n)} ${n === 1 ? "database" : "databases"} |`).join("")}`,
    holds: (words: string, fits: number) => `holds; ${words} at ${percent(1 / fits)}`,
    breaks: (words: string, fits: number) => `**${words}: ${two(1 / fits)} times the limit**`,
  },
  zh: {
    load: "| 每秒任务数 | 每月任务数 | 一个 D1 写满：离线评判 | 用模型评判 | 每秒 D1 写入 | 同时的模型调用 | 每秒消息 | 每月美元 |",
    days: (n: number) => `${two(n)} 天`,
    million: (n: number) => `${count(Math.round(n / 1e6) * 100)} 万`,
    of: (use: number, limit: number) => `${count(use)}，上限 ${count(limit)}`,
    first: `| 每秒任务数，保留 ${RETENTION_DAYS} 天 |${TENANTS.map((n) => ` ${count(n)} 个数据库 |`).join("")}`,
    holds: (words: string, fits: number) => `够用；${words}用到 ${percent(1 / fits)}`,
    breaks: (words: string, fits: number) => `**${words}：上限的 ${two(1 / fits)} 倍**`,
  },
} as const;

/** What a rate asks of one database and one Worker. */
export function renderLoads(language: Language): string {
  const words = WORDS[language];
  const rows = RATES.map((rate) => {
    const month = rate * DAY_SECONDS * MONTH_DAYS;
    const days = (bytes: number) =>
      words.days(PLATFORM_LIMITS.databaseBytes / (rate * DAY_SECONDS * bytes));
    const of = (name: keyof typeof LIMITS) =>
      words.of(LIMITS[name].use(rate, 1), LIMITS[name].limit);
    return [
      count(rate),
      words.million(month),
      days(JOB_COUNTS.databaseBytes),
      days(JOB_COUNTS.databaseBytesForModel),
      of("transactions"),
      of("calls"),
      of("queue"),
      `$${count(dollarsOfMonth(month))}`,
    ];
  });
  return table(words.load, 8, rows);
}

/** What breaks first, by rate and by the databases it is divided over: one a project. */
export function renderFirstLimits(language: Language): string {
  const words = WORDS[language];
  const rows = RATES.map((rate) => [
    count(rate),
    ...TENANTS.map((tenants) => {
      const { words: name, fits } = firstLimit(rate, tenants);
      return fits < 1 ? words.breaks(name[language], fits) : words.holds(name[language], fits);
    }),
  ]);
  return table(words.first, TENANTS.length + 1, rows);
}

/** Of Cloudflare, without the model's own bill; what is kept is kept for `RETENTION_DAYS`, judged by a model. */
function dollarsOfMonth(jobs: number): number {
  const use = {
    ...JOB_COUNTS,
    rowsWritten: JOB_COUNTS.rowsWrittenForModel,
    databaseBytes: JOB_COUNTS.databaseBytesForModel,
    // Read by people only.
    classB: 0,
  };
  return dollarsOf(billOf(use, jobs));
}

function table(head: string, columns: number, rows: readonly (readonly string[])[]): string {
  return [
    "",
    head,
    `|${" --- |".repeat(columns)}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
}

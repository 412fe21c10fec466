/**
 * Prices of Cloudflare in US dollars, Workers Paid plan, as read in 2026-08 from developers.cloudflare.com
 * (workers/platform/pricing, queues/platform/pricing, d1/platform/pricing, r2/pricing, durable-objects/platform/pricing). The only file that knows them.
 */
export const PRICES = {
  /** A month, and what it includes. */
  base: 5,
  requests: { includedPerMonth: 10e6, perMillion: 0.3 },
  cpuMs: { includedPerMonth: 30e6, perMillion: 0.02 },
  queueOperations: { includedPerMonth: 1e6, perMillion: 0.4 },
  rowsRead: { includedPerMonth: 25e9, perMillion: 0.001 },
  rowsWritten: { includedPerMonth: 50e6, perMillion: 1 },
  classA: { includedPerMonth: 1e6, perMillion: 4.5 },
  classB: { includedPerMonth: 10e6, perMillion: 0.36 },
  durableObjects: {
    requests: { includedPerMonth: 1e6, perMillion: 0.15 },
    gigabyteSeconds: { includedPerMonth: 400_000, perMillion: 12.5 },
  },
  d1GigabyteMonths: { included: 5, each: 0.75 },
  r2GigabyteMonths: { included: 10, each: 0.015 },
} as const;

/** A message of at most 64 KB is written, read and deleted: three operations. */
export const OPERATIONS_PER_MESSAGE = 3;

export interface Meter {
  what: string;
  perJob: number;
  perMillionJobs: number;
  included: number;
  dollars: number;
}

/** What a month of `jobs` jobs costs on one meter beyond what the plan includes. */
export function meter(
  what: string,
  perJob: number,
  price: { includedPerMonth: number; perMillion: number },
  jobs: number,
): Meter {
  const used = perJob * jobs;
  const dollars = (Math.max(0, used - price.includedPerMonth) / 1e6) * price.perMillion;
  return {
    what,
    perJob,
    perMillionJobs: used,
    included: price.includedPerMonth,
    dollars: Math.round(dollars * 100) / 100,
  };
}

/** Storage kept for one month. */
export function stored(
  what: string,
  bytesPerJob: number,
  price: { included: number; each: number },
  jobs: number,
): Meter {
  const gigabytes = (bytesPerJob * jobs) / 1e9;
  return {
    what,
    perJob: bytesPerJob,
    perMillionJobs: bytesPerJob * jobs,
    included: price.included * 1e9,
    dollars: Math.round(Math.max(0, gigabytes - price.included) * price.each * 100) / 100,
  };
}

/** What one job takes of each meter; the bytes are those it keeps. */
export interface JobUse {
  requests: number;
  cpuMs: number;
  queueOperations: number;
  rowsRead: number;
  rowsWritten: number;
  classA: number;
  classB: number;
  databaseBytes: number;
  bucketBytes: number;
}

/** Meter by meter, for a month of `jobs` jobs. */
export function billOf(use: JobUse, jobs: number): Meter[] {
  return [
    meter("requests", use.requests, PRICES.requests, jobs),
    meter("CPU ms", use.cpuMs, PRICES.cpuMs, jobs),
    meter("queue operations", use.queueOperations, PRICES.queueOperations, jobs),
    meter("D1 rows read", use.rowsRead, PRICES.rowsRead, jobs),
    meter("D1 rows written", use.rowsWritten, PRICES.rowsWritten, jobs),
    meter("R2 class A", use.classA, PRICES.classA, jobs),
    meter("R2 class B", use.classB, PRICES.classB, jobs),
    stored("D1 bytes, a month", use.databaseBytes, PRICES.d1GigabyteMonths, jobs),
    stored("R2 bytes, a month", use.bucketBytes, PRICES.r2GigabyteMonths, jobs),
  ];
}

/** With what the plan costs in any case. */
export function dollarsOf(bill: readonly Meter[]): number {
  return bill.reduce<number>((sum, { dollars }) => sum + dollars, PRICES.base);
}

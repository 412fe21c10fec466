import { t } from "../../i18n/translate.ts";
import { type ListScope, WHOLE_LIST } from "../../kit/lists/list-scope.ts";
import type { MetricWords } from "../../kit/metric-words.ts";
import type { JobFilter } from "./jobs-api.ts";

/** What the list is narrowed and sorted by, as it stands in the address; "" is none. */
const WHOLE = {
  status: "",
  q: "",
  cause: "",
  source: "",
  lost: "",
  metric: "",
  limit: "",
  /** `worst` or `best` first, by the worst metric of each; "": newest first. */
  sort: "",
};

export type JobSearch = { [name in keyof typeof WHOLE]: string };

export function readSearch(search: Partial<JobSearch>): JobSearch {
  return {
    status: search.status ?? "",
    q: search.q ?? "",
    cause: search.cause ?? "",
    source: search.source ?? "",
    lost: search.lost ?? "",
    metric: search.metric ?? "",
    limit: search.limit ?? "",
    sort: search.sort ?? "",
  };
}

/** What the server is asked for. An address is typed by people too; what is no state or number narrows nothing. */
export function filterOf(view: JobSearch, scope: ListScope, words: MetricWords): JobFilter {
  const bound = view.metric === "" || view.limit === "" ? Number.NaN : Number(view.limit);
  const isLower = words.info(view.metric)?.direction === "lower";
  const hasBound = Number.isFinite(bound);
  return {
    ...scope,
    q: view.q,
    status: keyOf(t().status, view.status),
    cause: keyOf(t().causes, view.cause),
    source: keyOf(t().jobs.sources, view.source),
    lost: view.lost === "yes" ? "yes" : null,
    metric: hasBound ? view.metric : null,
    below: hasBound && !isLower ? bound : null,
    above: hasBound && isLower ? bound : null,
  };
}

export const isNarrowed = (filter: JobFilter): boolean =>
  Object.values({ ...filter, ...WHOLE_LIST }).some((part) => part !== null && part !== "");

/** Not by the list of the contract: that would bring its checks along. */
function keyOf<K extends string>(words: Record<K, string>, text: string): K | null {
  return Object.hasOwn(words, text) ? (text as K) : null;
}

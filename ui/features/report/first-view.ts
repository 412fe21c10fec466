import type { SampleFilter } from "../../kit/sample-filter.ts";

/** Which samples are listed, and in which order; it lives in the address, so a link shows the same. */
export interface SampleView {
  /** A metric, `gain`, `weighted_score`, `feedback`, or "submitted". */
  sort: string;
  cause: string;
  /** Bounds of a metric: "" is none. */
  metric: string;
  above: string;
  below: string;
  /** Words of the question, or a part of the id. */
  q: string;
  /** "1": all samples; else only those with a problem. */
  all: string;
}

export const FIRST_VIEW: SampleView = {
  sort: "gain",
  cause: "",
  metric: "",
  above: "",
  below: "",
  q: "",
  all: "0",
};

/** What the server is asked for. */
export function filterOf(view: SampleView, isLowerBetter: boolean): SampleFilter {
  const { sort, cause, metric, above, below, q, all } = view;
  return {
    sort: sort === "submitted" ? null : sort,
    order: sort === "gain" || isLowerBetter ? "desc" : "asc",
    cause: cause || null,
    metric: metric || null,
    above: toNumber(above),
    below: toNumber(below),
    q,
    problems: all === "1" ? null : "true",
    include: "fault",
  };
}

/** An address is typed by people too; what is no number bounds nothing. */
function toNumber(text: string): number | null {
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}

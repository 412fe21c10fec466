import type { Report } from "../../../src/contract/report.ts";
import type { SampleFilter } from "../../kit/api.ts";

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
  /** "": only samples with a problem; else all. */
  all: string;
}

export const FIRST_VIEW: SampleView = {
  sort: "gain",
  cause: "",
  metric: "",
  above: "",
  below: "",
  q: "",
  all: "",
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
    problems: all === "" ? "true" : null,
    include: "fault",
  };
}

/** An address is typed by people too; what is no number bounds nothing. */
function toNumber(text: string): number | null {
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}

export function readView(search: Partial<Record<string, string | string[]>>): SampleView {
  const read = (name: keyof SampleView) => {
    const value = search[name];
    return typeof value === "string" ? value : FIRST_VIEW[name];
  };
  return {
    sort: read("sort"),
    cause: read("cause"),
    metric: read("metric"),
    above: read("above"),
    below: read("below"),
    q: read("q"),
    all: read("all"),
  };
}

/** As it stands in the address: what is as at first is left out. */
export function writeView(view: Partial<SampleView>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => [
      name,
      value === "" || value === FIRST_VIEW[name as keyof SampleView] ? null : value,
    ]),
  );
}

export function isFiltered(view: SampleView): boolean {
  return view.cause !== "" || view.metric !== "" || view.q !== "";
}

/** Samples with a cause, and those nothing could be said of: what "only with problems" lists. */
export function countProblems(report: Report): number {
  const weak = Object.values(report.diagnosis).reduce((sum, n) => sum + n, 0);
  return weak + report.run.invalid_samples;
}

/** How many samples a view lists, where the report tells; null: it must be counted. */
export function countListed(report: Report, view: SampleView): number | null {
  if (view.metric !== "" || view.q !== "") return null;
  if (view.cause !== "") return report.diagnosis[view.cause] ?? 0;
  return view.all === "" ? countProblems(report) : report.run.total_samples;
}

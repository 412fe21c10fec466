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
}

export const FIRST_VIEW: SampleView = {
  sort: "gain",
  cause: "",
  metric: "",
  above: "",
  below: "",
  q: "",
};

/** What the server is asked for. */
export function filterOf(view: SampleView, isLowerBetter: boolean): SampleFilter {
  const { sort, cause, metric, above, below, q } = view;
  return {
    sort: sort === "submitted" ? null : sort,
    order: sort === "gain" || isLowerBetter ? "desc" : "asc",
    cause: cause || null,
    metric: metric || null,
    above: toNumber(above),
    below: toNumber(below),
    q,
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

import type { Report } from "../../../src/contract/report.ts";
import { FIRST_VIEW, type SampleView } from "./first-view.ts";

/** How the samples of a report are shown before the reader asks for something else. */
export function firstViewOf(report: Report): SampleView {
  // A conversation is read in its order, from the first turn to the last.
  if (report.run.mode === "session") return { ...FIRST_VIEW, sort: "submitted", all: "1" };
  // Where nothing is wrong there is nothing to leave out.
  return countProblems(report) > 0 ? FIRST_VIEW : { ...FIRST_VIEW, all: "1" };
}

export function readView(
  search: Partial<Record<string, string | string[]>>,
  first: SampleView,
): SampleView {
  const read = (name: keyof SampleView) => {
    const value = search[name];
    return typeof value === "string" ? value : first[name];
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
export function writeView(
  view: Partial<SampleView>,
  first: SampleView,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => [
      name,
      value === "" || value === first[name as keyof SampleView] ? null : value,
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
  return view.all === "1" ? report.run.total_samples : countProblems(report);
}

/** Which turn of a conversation stands at a place of the list; null: it is no conversation, or not in its order. */
export function turnAt(report: Report, view: SampleView, at: number): number | null {
  const isWhole = view.all === "1" && !isFiltered(view);
  return report.run.mode === "session" && view.sort === "submitted" && isWhole ? at + 1 : null;
}

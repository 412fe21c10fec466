import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { useMetricWords } from "../../metric-words.ts";
import { samplesQuery } from "../../queries.ts";

export interface SampleView {
  /** A metric, or "" for the order of submission. */
  sort: string;
  cause: string;
}

/** The samples of a run in the reader's order, weakest first; list and sample view walk the same pages. */
export function useSamples(report: () => Report, view: () => SampleView) {
  const words = useMetricWords();
  const query = useInfiniteQuery(() =>
    samplesQuery(report().run.run_id, {
      sort: view().sort || null,
      order: words.info(view().sort)?.direction === "lower" ? "desc" : "asc",
      cause: view().cause || null,
      below: null,
    }),
  );
  const samples = createMemo(() =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.samples) ?? []),
  );
  return { query, samples };
}

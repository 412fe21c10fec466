import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { dataOf } from "../../kit/data-of.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { samplesQuery } from "./report-queries.ts";
import { filterOf, type SampleView } from "./sample-view.ts";

/** The samples of a run in the reader's order, weakest first; list and sample view walk the same pages. */
export function useSamples(report: () => Report, view: () => SampleView) {
  const words = useMetricWords();
  const isLowerBetter = () => words.info(view().sort)?.direction === "lower";
  const query = useInfiniteQuery(() =>
    samplesQuery(report().run.run_id, filterOf(view(), isLowerBetter())),
  );
  const samples = createMemo(() => dataOf(query)?.pages.flatMap((page) => page.samples) ?? []);
  return { query, samples };
}

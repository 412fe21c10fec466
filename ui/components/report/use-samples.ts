import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { useMetricWords } from "../../metric-words.ts";
import { samplesQuery } from "../../queries.ts";
import type { SampleView } from "./sample-view.ts";

/** The samples of a run in the reader's order, weakest first; list and sample view walk the same pages. */
export function useSamples(report: () => Report, view: () => SampleView) {
  const words = useMetricWords();
  const query = useInfiniteQuery(() => {
    const { sort, cause, metric, above, below, q } = view();
    return samplesQuery(report().run.run_id, {
      sort: sort === "submitted" ? null : sort,
      order: sort === "gain" || words.info(sort)?.direction === "lower" ? "desc" : "asc",
      cause: cause || null,
      metric: metric || null,
      above: toNumber(above),
      below: toNumber(below),
      q,
    });
  });
  const samples = createMemo(() =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.samples) ?? []),
  );
  return { query, samples };
}

/** An address is typed by people too; what is no number bounds nothing. */
function toNumber(text: string): number | null {
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}

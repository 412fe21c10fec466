import { useSearchParams } from "@solidjs/router";
import { infiniteQueryOptions, keepPreviousData, useQuery } from "@tanstack/solid-query";
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { Run, RunRow } from "../../../src/contract/run.ts";
import type { GateRule } from "../../../src/scoring/gate-rules.ts";
import { FIRST_PAGE } from "../../kit/queries.ts";
import { getRuns, type RunFilter } from "../../kit/runs-api.ts";
import { recall, remember } from "../../kit/storage.ts";
import { reportQuery } from "../report/report-queries.ts";
import { readRules, writeRules } from "./run-gate.ts";
import {
  columnsOf,
  GATE_KEY,
  metricsOf,
  type RunView,
  readSorting,
  recallColumns,
  rememberColumns,
  writeSorting,
} from "./runs-view.ts";

/** Baseline, sorting and rules live in the address; columns and rules are kept for the next visit too. */
export function createRunsView(runs: Accessor<readonly RunRow[]>) {
  const [search, setSearch] = useSearchParams<{ base: string; sort: string; gate: string }>();
  const [chosen, setChosen] = createSignal(recallColumns());
  const known = createMemo(() => metricsOf(runs()));
  const metrics = createMemo(() => columnsOf(known(), chosen()));
  const rules = createMemo(() => readRules(search.gate ?? recall(GATE_KEY) ?? ""));
  const sorting = createMemo(() => readSorting(search.sort));
  const listedBase = createMemo(() => runs().find((run) => run.run_id === search.base) ?? null);
  // A baseline of long ago is not among the runs that are loaded.
  const fetched = useQuery(() => ({
    ...reportQuery(search.base ?? ""),
    enabled: Boolean(search.base) && listedBase() === null && runs().length > 0,
    retry: false,
  }));
  const base = createMemo(
    () => listedBase() ?? (search.base && fetched.isSuccess ? toRow(fetched.data.run) : null),
  );
  const view: RunView = {
    get metrics() {
      return metrics();
    },
    get rules() {
      return rules();
    },
    get base() {
      return base();
    },
    get sorting() {
      return sorting();
    },
    onBase: (run) => setSearch({ base: run?.run_id ?? "" }, { scroll: false }),
    onSort(by) {
      const isSame = sorting().by === by;
      const descending = isSame ? !sorting().descending : by !== "name";
      setSearch({ sort: writeSorting({ by, descending }) }, { scroll: false });
    },
  };
  function setColumns(columns: readonly string[] | null): void {
    rememberColumns(columns);
    setChosen(columns === null ? null : [...columns]);
  }
  function setRules(next: readonly GateRule[]): void {
    remember(GATE_KEY, writeRules(next));
    setSearch({ gate: writeRules(next) }, { replace: true, scroll: false });
  }
  const isBaseGone = () => Boolean(search.base) && base() === null && fetched.isError;
  return { view, known, setColumns, setRules, isBaseGone };
}

function toRow(run: Run): RunRow {
  return {
    ...run,
    question: null,
    cause_top: null,
    cause_samples: null,
    gate: null,
    agreement: null,
  };
}

export function runsQuery(filter: RunFilter) {
  return infiniteQueryOptions({
    queryKey: ["runs", "list", filter],
    queryFn: ({ pageParam, signal }) => getRuns(filter, pageParam, signal),
    placeholderData: keepPreviousData,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    refetchOnWindowFocus: "always",
  });
}

import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { announce } from "../../kit/toasts.tsx";
import { saveCsv } from "./bad-rows.ts";
import { getBadRows, getRejectedCsv } from "./batch-api.ts";

/** Rows of an upload the server could not score: which, why, and all of them as a file. */
export function BadRowList(props: { jobId: string; count: number }) {
  const query = useQuery(() => ({
    queryKey: ["bad-rows", props.jobId, props.count],
    queryFn: ({ signal }: { signal: AbortSignal }) => getBadRows(props.jobId, signal),
  }));
  const rows = () => (query.isSuccess ? query.data : []);
  async function download(): Promise<void> {
    try {
      saveCsv(await getRejectedCsv(props.jobId));
    } catch {
      announce(t().error.network);
    }
  }
  return (
    <div class="mt-3 rounded-card bg-warn-wash p-4 text-sm">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <h3 class="font-medium text-warn">{t().upload.badRows(formatCount(props.count))}</h3>
        <button type="button" class="button" disabled={rows().length === 0} onClick={download}>
          {t().upload.downloadBad}
        </button>
      </div>
      <FirstLines rows={rows()} most={8}>
        {({ reason }) => reason}
      </FirstLines>
    </div>
  );
}

/** The first rows, each by its line and what `children` says of it, and how many more there are. */
export function FirstLines<Row extends { line: number }>(props: {
  rows: readonly Row[];
  most: number;
  children: (row: Row) => string;
}) {
  return (
    <>
      <ul class="mt-2 grid grid-cols-1 gap-1">
        <For each={props.rows.slice(0, props.most)}>
          {(row) => (
            <li class="break-words">
              <b class="font-medium">{t().upload.line(formatCount(row.line))}</b>{" "}
              {props.children(row)}
            </li>
          )}
        </For>
      </ul>
      <Show when={props.rows.length > props.most}>
        <p class="mt-1 text-soft">
          {t().upload.andMore(formatCount(props.rows.length - props.most))}
        </p>
      </Show>
    </>
  );
}

import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { announce } from "../../kit/toasts.tsx";
import { saveCsv } from "./bad-rows.ts";
import { getBadRows, getRejectedCsv } from "./batch-api.ts";

const SHOWN = 8;

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
      <ul class="mt-2 grid grid-cols-1 gap-1">
        <For each={rows().slice(0, SHOWN)}>
          {(row) => (
            <li class="break-words">
              <b class="font-medium">{t().upload.badRow(formatCount(row.line))}</b> {row.reason}
            </li>
          )}
        </For>
      </ul>
      <Show when={rows().length > SHOWN}>
        <p class="mt-1 text-soft">{t().upload.badRowsMore(formatCount(rows().length - SHOWN))}</p>
      </Show>
    </div>
  );
}

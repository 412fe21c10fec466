import { useSearchParams } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import { createSignal, onCleanup, Show } from "solid-js";
import type { Format } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatPercent } from "../../kit/format.ts";
import { announce } from "../../kit/toasts.tsx";
import { type Choices, readTagText } from "../submission/choices.ts";
import { RefusalList } from "../submission/refusal-list.tsx";
import { sendBatch } from "./batch-api.ts";
import { toJsonLines } from "./format-of-table.ts";
import { type Table, UnreadableFile } from "./table.ts";

/** As in the contract. */
const MOST_BYTES = 50 * 1024 * 1024;

/** Sends what was prepared and tells how far it is; the job's own progress stands in its place afterwards. */
export function SendUpload(props: {
  table: Table;
  mapping: Mapping;
  format: Format | null;
  choices: Choices;
  /** Rows that can be scored. */
  count: number;
  /** Why it cannot be sent yet. */
  obstacle: string | null;
}) {
  const [, setSearch] = useSearchParams<{ job: string }>();
  const queryClient = useQueryClient();
  const [share, setShare] = createSignal<number | null>(null);
  const [problem, setProblem] = createSignal<unknown>(null);
  let stop = new AbortController();
  onCleanup(() => stop.abort());

  async function send(): Promise<void> {
    stop = new AbortController();
    const { signal } = stop;
    setProblem(null);
    setShare(0);
    try {
      const lines = await toJsonLines(props.table, props.mapping, signal, props.format);
      if (lines.size > MOST_BYTES) throw new UnreadableFile("tooLarge");
      const { job_id } = await sendBatch(
        lines,
        { ...props.choices, tags: readTagText(props.choices.tags) ?? {} },
        setShare,
        signal,
      );
      await queryClient.invalidateQueries({ queryKey: ["jobs"] });
      setSearch({ job: job_id });
      scrollTo({ top: 0 });
    } catch (error) {
      if (signal.aborted) announce(t().upload.stopped);
      else setProblem(error);
    } finally {
      setShare(null);
    }
  }

  const why = () =>
    props.obstacle ?? (props.count === 0 && share() === null ? t().upload.nothingToSend : null);
  return (
    <div class="grid grid-cols-1 gap-3">
      <Show when={problem()}>
        {(error) => {
          const unread = error();
          return unread instanceof UnreadableFile ? (
            <p role="alert" class="rounded-field bg-bad-wash px-4 py-3 text-bad">
              {t().upload.problems[unread.problem]}
            </p>
          ) : (
            <RefusalList error={unread} />
          );
        }}
      </Show>
      <Show
        when={share() !== null}
        fallback={
          <div class="flex flex-wrap items-center gap-3">
            <button
              type="button"
              class="button button-primary px-6"
              disabled={why() !== null}
              aria-describedby="send-obstacle"
              onClick={send}
            >
              {t().upload.send(formatCount(props.count))}
            </button>
            <span id="send-obstacle" class="text-sm text-warn">
              {why()}
            </span>
          </div>
        }
      >
        <div class="flex items-center gap-3">
          <progress
            class="progress h-2 min-w-0 flex-1"
            aria-label={t().upload.sending(formatPercent(share() ?? 0))}
            max={1}
            value={share() ?? 0}
          />
          <span class="text-sm text-soft">
            {share() === 0 ? t().upload.preparing : t().upload.sending(formatPercent(share() ?? 0))}
          </span>
          <button type="button" class="button" onClick={() => stop.abort()}>
            {t().upload.stop}
          </button>
        </div>
      </Show>
    </div>
  );
}

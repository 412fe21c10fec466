import { createSignal, Match, onCleanup, Show, Suspense, Switch } from "solid-js";
import { lazyWithWords } from "../../i18n/lazy-with-words.ts";
import { t } from "../../i18n/translate.ts";
import { DropZone } from "./drop-zone.tsx";
import { type Table, UnreadableFile } from "./table.ts";

// What reads rows as the service does is a third of this page, and of no use before there is a file.
const PreparedUpload = lazyWithWords(() => import("./prepared-upload.tsx"), "submission", "upload");

type Reading =
  | { at: "start"; problem: string | null }
  | { at: "reading"; name: string; share: number }
  | { at: "read"; table: Table };

/** A file of samples: read here, matched, checked, and only then sent. */
export default function UploadForm() {
  const [reading, setReading] = createSignal<Reading>({ at: "start", problem: null });
  let stop = new AbortController();
  onCleanup(() => stop.abort());

  async function read(file: File): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    setReading({ at: "reading", name: file.name, share: 0 });
    try {
      const { readTable } = await import("./read-table.ts");
      const table = await readTable(file, {
        signal,
        onShare: (share) => setReading({ at: "reading", name: file.name, share }),
      });
      if (!signal.aborted) setReading({ at: "read", table });
    } catch (error) {
      if (!signal.aborted) setReading({ at: "start", problem: sayProblem(error) });
    }
  }
  function restart(): void {
    stop.abort();
    setReading({ at: "start", problem: null });
  }
  const at = <A extends Reading["at"]>(stage: A) => {
    const now = reading();
    return now.at === stage ? (now as Extract<Reading, { at: A }>) : null;
  };

  return (
    <Switch>
      <Match when={at("start")}>
        {(start) => (
          <>
            <Show when={start().problem}>
              {(problem) => (
                <p role="alert" class="mt-6 rounded-field bg-bad-wash px-4 py-3 text-bad">
                  {problem()}
                </p>
              )}
            </Show>
            <DropZone onFile={read} />
          </>
        )}
      </Match>
      <Match when={at("reading")}>
        {(now) => (
          <div class="card mt-6 p-6">
            <p id="reading" class="font-medium break-all">
              {t().upload.reading(now().name)}
            </p>
            <progress
              class="progress mt-3 h-2 w-full"
              aria-labelledby="reading"
              max={1}
              value={now().share}
            />
            <button type="button" class="button mt-4" onClick={restart}>
              {t().upload.stop}
            </button>
          </div>
        )}
      </Match>
      <Match when={at("read")} keyed>
        {({ table }) => (
          <Suspense>
            <PreparedUpload table={table} onOther={restart} />
          </Suspense>
        )}
      </Match>
    </Switch>
  );
}

function sayProblem(error: unknown): string {
  return error instanceof UnreadableFile ? t().upload.problems[error.problem] : t().upload.notRead;
}

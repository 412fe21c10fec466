import { useQueryClient } from "@tanstack/solid-query";
import { lazy, onCleanup, onMount, Show, Suspense } from "solid-js";
import { listen } from "../kit/listen.ts";
import { healthQuery } from "../kit/queries.ts";
import { msSinceTold, noteTrouble, trouble } from "../kit/trouble.ts";

const TroubleLines = lazy(() => import("./trouble-lines.tsx"));

const ASK_EVERY_MS = 60_000;
const FIRST_LOOK_MS = 3000;

/** On every page: what is wrong with the service. Mostly a page's own answers say it; else it is asked once a minute. */
export function TroubleBanner() {
  const client = useQueryClient();
  async function look(): Promise<void> {
    if (document.visibilityState !== "visible" || msSinceTold() < ASK_EVERY_MS) return;
    // Also when nobody answers: who asks again at once helps nobody.
    noteTrouble(trouble());
    await client.fetchQuery({ ...healthQuery(), retry: false }).catch(() => undefined);
  }
  onMount(() => {
    const first = setTimeout(look, FIRST_LOOK_MS);
    const again = setInterval(look, ASK_EVERY_MS);
    onCleanup(() => {
      clearTimeout(first);
      clearInterval(again);
    });
  });
  listen(document, "visibilitychange", look);
  return (
    <div role="status" class="print:hidden">
      <Show when={trouble()}>
        <Suspense>
          <TroubleLines />
        </Suspense>
      </Show>
    </div>
  );
}

import { useQuery } from "@tanstack/solid-query";
import { createSignal, Match, Show, Switch } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { ApiError, request } from "../../kit/api.ts";
import { Icon } from "../../kit/icon.tsx";
import { Titled } from "../../kit/titled.tsx";
import { JobCard } from "../jobs/job-card.tsx";
import { useJob } from "../jobs/job-query.ts";

const POLL_MS = 3000;

/** Looks for the first call that comes in while this page is open, and shows it with its warnings. */
export function FirstCall() {
  // The newest job when the page opened; whatever stands above it later has just come in.
  const [before, setBefore] = createSignal<string | null | undefined>(undefined);
  const [arrived, setArrived] = createSignal<string | null>(null);
  const newest = useQuery(() => ({
    queryKey: ["newest-job"],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const page = await request("GET /api/score/jobs", { query: { limit: 1 }, signal });
      const id = page.jobs[0]?.job_id ?? null;
      if (before() === undefined) setBefore(id);
      else if (id !== null && id !== before()) setArrived(id);
      return id;
    },
    gcTime: 0,
    enabled: arrived() === null,
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: "always" as const,
  }));
  const { job, nowMs } = useJob(() => arrived() ?? "");
  const isLocked = () => newest.error instanceof ApiError && newest.error.status !== null;
  function again(): void {
    setBefore(arrived());
    setArrived(null);
  }
  return (
    <Titled id="first-call" title={t().connect.firstTitle} class="card mt-6 p-5 sm:p-6">
      <div role="status" class="mt-2">
        <Switch
          fallback={
            <p class="flex items-center gap-2 text-soft">
              <Icon name="running" class="animate-spin text-info" />
              {t().connect.firstWaiting}
            </p>
          }
        >
          <Match when={job()}>
            {(now) => (
              <p class="flex flex-wrap items-center gap-2">
                <Icon name="check" class="text-good" />
                {now().warnings.length > 0 ? t().connect.firstOdd : t().connect.firstCame}
                <button type="button" class="link" onClick={again}>
                  {t().connect.firstAgain}
                </button>
              </p>
            )}
          </Match>
          <Match when={newest.isError}>
            <p class="text-soft">{isLocked() ? t().connect.firstLocked : t().error.network}</p>
          </Match>
        </Switch>
      </div>
      <Show when={job()}>
        {(now) => (
          <div class="mt-4">
            <JobCard job={now()} nowMs={nowMs()} onDeleted={again} />
          </div>
        )}
      </Show>
    </Titled>
  );
}

import { useLocation, useNavigate } from "@solidjs/router";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/solid-query";
import { type Accessor, createMemo } from "solid-js";
import type { Run } from "../../../src/contract/run.ts";
import { switchLanguage, t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { setTheme, type Theme } from "../../kit/preferences.ts";
import { ROOMS } from "../../kit/rooms.ts";
import { announce } from "../../kit/toasts.tsx";

interface Command {
  id: string;
  /** What kind of thing it is, shown in front. */
  group: string;
  title: string;
  run: () => void;
}

interface Commands {
  list: Accessor<readonly Command[]>;
  isSearching: Accessor<boolean>;
  /** The server could not be asked; pages and commands are there all the same. */
  hasFailed: Accessor<boolean>;
}

const THEMES: readonly Theme[] = ["light", "dark", "system"];
const MOST_RUNS = 5;
const FEW = 4;
const ID = /\b(job|run)_[0-9a-z]{26}\b/i;

/** What the words typed so far could mean: an id, a page, a command, a question that was scored, a run. */
export function createCommands(
  words: Accessor<string>,
  searched: Accessor<string>,
  onHelp: () => void,
): Commands {
  const navigate = useNavigate();
  const location = useLocation();
  const jobs = useQuery(() => foundJobsQuery(searched()));
  const runs = useQuery(newestRunsQuery);
  const wanted = () => words().trim().toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted());

  const pages = createMemo((): readonly Command[] =>
    ROOMS.map(({ room, href }) => ({
      id: href,
      group: t().palette.page,
      title: t().nav[room],
      run: () => navigate(href),
    })),
  );
  const deeds = createMemo((): readonly Command[] => [
    {
      id: "copy-link",
      group: t().palette.command,
      title: t().palette.copyLink,
      run: () => copyAddress(`${location.pathname}${location.search}`),
    },
    { id: "zh", group: t().app.language, title: "中文", run: () => switchLanguage("zh") },
    { id: "en", group: t().app.language, title: "English", run: () => switchLanguage("en") },
    ...THEMES.map((theme) => ({
      id: theme,
      group: t().app.theme,
      title: t().app.themes[theme],
      run: () => setTheme(theme),
    })),
    { id: "help", group: t().palette.help, title: t().keyboard.title, run: onHelp },
  ]);
  const byId = (): readonly Command[] => {
    const id = words().match(ID)?.[0];
    if (!id) return [];
    const kind = id.slice(0, 3).toLowerCase();
    const known = `${kind}_${id.slice(4).toUpperCase()}`;
    const path = kind === "run" ? `/runs/${known}` : `/jobs/${known}`;
    return [{ id: known, group: t().palette.open, title: known, run: () => navigate(path) }];
  };
  const foundJobs = createMemo((): readonly Command[] => {
    if (jobs.isPending || jobs.isError) return [];
    return (jobs.data?.jobs ?? []).map((job) => ({
      id: job.job_id,
      group: searched() === "" ? t().palette.recent : t().nav.jobs,
      title: job.question,
      run: () => navigate(job.run_id ? `/runs/${job.run_id}` : `/jobs/${job.job_id}`),
    }));
  });
  const foundRuns = createMemo((): readonly Command[] => {
    if (wanted() === "" || runs.isPending || runs.isError) return [];
    return (runs.data?.runs ?? [])
      .filter((run) => run.total_samples > 1 && fits(`${titleOf(run)} ${run.session_id ?? ""}`))
      .slice(0, MOST_RUNS)
      .map((run) => ({
        id: run.run_id,
        group: t().nav.report,
        title: titleOf(run),
        run: () => navigate(`/runs/${run.run_id}`),
      }));
  });
  const fitting = (commands: readonly Command[]) =>
    commands.filter(({ group, title }) => fits(`${group} ${title}`));
  return {
    list: createMemo(() => [
      ...byId(),
      ...fitting(pages()),
      ...foundRuns(),
      // Without words these are the newest, and fewer of them, so that the commands stay in sight.
      ...foundJobs().slice(0, wanted() === "" ? FEW : undefined),
      ...fitting(deeds()),
    ]),
    isSearching: () => words().trim() !== searched() || jobs.isPlaceholderData || jobs.isPending,
    hasFailed: () => jobs.isError || runs.isError,
  };
}

function titleOf(run: Run): string {
  return run.name ?? run.session_id ?? run.run_id;
}

async function copyAddress(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(path, window.location.origin).href);
    announce(t().palette.linkCopied);
  } catch {
    // The clipboard is closed on plain HTTP; the address bar still has it.
    announce(t().error.title);
  }
}

const MOST_JOBS = 8;
/** Runs are found by name among the newest, which is one small page. */
const RUNS_LOOKED_AT = 50;

/** The newest jobs, or those whose question has the words. */
function foundJobsQuery(words: string) {
  return queryOptions({
    queryKey: ["jobs", "palette", words],
    queryFn: ({ signal }) =>
      request("GET /api/score/jobs", { query: { limit: MOST_JOBS, q: words }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function newestRunsQuery() {
  return queryOptions({
    queryKey: ["runs", "palette"],
    queryFn: ({ signal }) => request("GET /api/runs", { query: { limit: RUNS_LOOKED_AT }, signal }),
    retry: false,
  });
}

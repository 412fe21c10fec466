import { useNavigate } from "@solidjs/router";
import { useInfiniteQuery } from "@tanstack/solid-query";
import { type Accessor, createMemo } from "solid-js";
import { switchLanguage, t } from "../../i18n/translate.ts";
import { setTheme, type Theme } from "../../preferences.ts";
import { jobsQuery } from "../../queries.ts";

export interface Command {
  id: string;
  /** What kind of thing it is, shown in front. */
  group: string;
  title: string;
  run: () => void;
}

const PAGES = [
  ["jobs", "/"],
  ["runs", "/runs"],
  ["submit", "/submit"],
  ["connect", "/connect"],
  ["settings", "/settings"],
] as const;
const THEMES: readonly Theme[] = ["light", "dark", "system"];
const MOST_JOBS = 8;

/** What the words typed so far could mean: a page, a setting, or a question that was scored. */
export function createCommands(
  words: Accessor<string>,
  searched: Accessor<string>,
  onHelp: () => void,
): Accessor<readonly Command[]> {
  const navigate = useNavigate();
  const found = useInfiniteQuery(() => ({
    ...jobsQuery({ status: null, q: searched() }),
    enabled: searched() !== "",
    refetchInterval: false,
  }));
  const fixed = createMemo((): readonly Command[] => [
    ...PAGES.map(([page, path]) => ({
      id: path,
      group: t().palette.page,
      title: t().nav[page],
      run: () => navigate(path),
    })),
    { id: "zh", group: t().app.language, title: "中文", run: () => switchLanguage("zh") },
    { id: "en", group: t().app.language, title: "English", run: () => switchLanguage("en") },
    ...THEMES.map((theme) => ({
      id: theme,
      group: t().app.theme,
      title: t().app.themes[theme],
      run: () => setTheme(theme),
    })),
    { id: "help", group: t().palette.help, title: t().palette.helpTitle, run: onHelp },
  ]);
  const jobs = createMemo((): readonly Command[] => {
    if (searched() === "" || found.isPending) return [];
    return (found.data?.pages[0]?.jobs ?? []).slice(0, MOST_JOBS).map((job) => ({
      id: job.job_id,
      group: t().nav.jobs,
      title: job.question,
      run: () => navigate(job.run_id ? `/runs/${job.run_id}` : `/jobs/${job.job_id}`),
    }));
  });
  return createMemo(() => {
    const wanted = words().trim().toLowerCase();
    const fitting = fixed().filter(({ group, title }) =>
      `${group} ${title}`.toLowerCase().includes(wanted),
    );
    return [...fitting, ...jobs()];
  });
}

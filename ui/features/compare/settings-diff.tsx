import { For, Show } from "solid-js";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";

/** What else is not the same: settings and versions, and how often each cause was found. */
export function SettingsDiff(props: { comparison: Comparison }) {
  const causes = () =>
    Object.entries(props.comparison.causes).map(([cause, count]) => ({
      name: wordFor(t().causes, cause),
      base: formatCount(count.base),
      other: formatCount(count.other),
    }));
  return (
    <>
      <DiffTable
        title={t().compare.settings}
        none={t().compare.settingsSame}
        rows={props.comparison.settings}
      />
      <Show when={causes().length > 0}>
        <DiffTable title={t().report.causesTitle} none="" rows={causes()} />
      </Show>
    </>
  );
}

function DiffTable(props: {
  title: string;
  none: string;
  rows: readonly { name: string; base: string | null; other: string | null }[];
}) {
  return (
    <section class="card min-w-0 p-5" aria-label={props.title}>
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <Show
        when={props.rows.length > 0}
        fallback={<p class="mt-1 text-sm text-soft">{props.none}</p>}
      >
        <table class="mt-3 w-full table-fixed border-collapse text-left text-sm">
          <thead>
            <tr class="border-b border-line text-xs text-faint">
              <th scope="col" class="py-2 pr-3 font-medium">
                {t().compare.setting}
              </th>
              <th scope="col" class="py-2 pr-3 font-medium">
                {t().compare.base}
              </th>
              <th scope="col" class="py-2 font-medium">
                {t().compare.other}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>
              {(row) => (
                <tr class="border-b border-line align-top last:border-0">
                  <th scope="row" class="py-2 pr-3 font-normal break-words">
                    {row.name}
                  </th>
                  <td class="py-2 pr-3 break-words">{row.base ?? t().app.none}</td>
                  <td class="py-2 break-words">{row.other ?? t().app.none}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}

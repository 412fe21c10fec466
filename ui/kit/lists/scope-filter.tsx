import { createSignal, For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { dayBefore, type ListScope } from "./list-scope.ts";

const RANGES = [
  ["today", 0],
  ["week", 6],
  ["month", 29],
] as const;

/** Tag, session and time of a list; what is typed counts when the field is left or Enter is pressed. */
export default function ScopeFilter(props: {
  id: string;
  scope: ListScope;
  /** Tags seen in the list, offered while typing. */
  tags: readonly string[];
  onChange: (scope: Partial<ListScope>) => void;
}) {
  const from = (days: number) => dayBefore(days);
  const isRange = (days: number) => props.scope.from === from(days) && props.scope.to === "";
  return (
    <div id={props.id} class="card mt-3 grid grid-cols-2 gap-x-4 gap-y-3 p-4 lg:grid-cols-4">
      <label class="grid min-w-0 content-start gap-1 text-sm text-soft">
        {t().lists.tag}
        <input
          class="field"
          list={`${props.id}-tags`}
          placeholder={t().lists.tagPlaceholder}
          value={props.scope.tag}
          onChange={(event) => props.onChange({ tag: event.currentTarget.value.trim() })}
        />
        <datalist id={`${props.id}-tags`}>
          <For each={props.tags}>{(tag) => <option value={tag} />}</For>
        </datalist>
      </label>
      <label class="grid min-w-0 content-start gap-1 text-sm text-soft">
        {t().lists.session}
        <input
          class="field"
          value={props.scope.session}
          onChange={(event) => props.onChange({ session: event.currentTarget.value.trim() })}
        />
      </label>
      <DayField
        label={t().lists.from}
        value={props.scope.from}
        onChange={(from) => props.onChange({ from })}
      />
      <DayField
        label={t().lists.to}
        value={props.scope.to}
        onChange={(to) => props.onChange({ to })}
      />
      <fieldset class="flex flex-wrap items-center gap-2 col-span-2 lg:col-span-4">
        <legend class="sr-only">{t().lists.time}</legend>
        <For each={RANGES}>
          {([name, days]) => (
            <button
              type="button"
              class="button min-h-8 px-3 py-1 aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
              aria-pressed={isRange(days)}
              onClick={() => props.onChange({ from: isRange(days) ? "" : from(days), to: "" })}
            >
              {t().lists.ranges[name]}
            </button>
          )}
        </For>
      </fieldset>
    </div>
  );
}

/** A date that is half typed is no date yet, and no reason to ask the server. */
function DayField(props: { label: string; value: string; onChange: (day: string) => void }) {
  const [isWrong, setIsWrong] = createSignal(false);
  return (
    <label class="grid min-w-0 content-start gap-1 text-sm text-soft">
      {props.label}
      <input
        type="date"
        class="field"
        aria-invalid={isWrong()}
        value={props.value}
        onChange={(event) => {
          setIsWrong(event.currentTarget.validity.badInput);
          if (!isWrong()) props.onChange(event.currentTarget.value);
        }}
      />
      <Show when={isWrong()}>
        <span class="text-xs text-bad">{t().lists.dayWrong}</span>
      </Show>
    </label>
  );
}

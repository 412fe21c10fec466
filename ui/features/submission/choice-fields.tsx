import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { JudgeChoice } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { healthQuery } from "../../kit/queries.ts";
import type { Choices } from "./choices.ts";

const JUDGES: readonly JudgeChoice[] = ["auto", "llm", "offline"];

/** Name, tags and judge of what is sent. */
export function ChoiceFields(props: {
  choices: Choices;
  tagsProblem?: string;
  onChange: (change: Partial<Choices>) => void;
}) {
  const health = useQuery(healthQuery);
  const judgeHere = () => {
    const judge = health.isSuccess ? health.data.judge : null;
    return judge?.model ?? (judge ? t().submission.judges.offline : "…");
  };
  const wordOf = (judge: JudgeChoice) =>
    judge === "auto" ? t().submission.judges.auto(judgeHere()) : t().submission.judges[judge];
  return (
    <div class="grid gap-4 sm:grid-cols-2">
      <div>
        <label for="run-name" class="text-sm font-medium">
          {t().submission.runName}
          <span class="ml-2 text-xs font-normal text-faint">{t().submission.optional}</span>
        </label>
        <input
          id="run-name"
          class="field mt-1"
          maxlength={200}
          autocomplete="off"
          placeholder={t().submission.runNameHelp}
          value={props.choices.name}
          onInput={(event) => props.onChange({ name: event.currentTarget.value })}
        />
      </div>
      <div>
        <label for="judge" class="text-sm font-medium">
          {t().submission.judge}
        </label>
        <select
          id="judge"
          class="field mt-1"
          onChange={({ currentTarget: { value } }) =>
            props.onChange({
              judge: JUDGES.find((one) => one === value && one !== "auto") ?? null,
            })
          }
        >
          <For each={JUDGES}>
            {(judge) => (
              <option value={judge} selected={judge === (props.choices.judge ?? "auto")}>
                {wordOf(judge)}
              </option>
            )}
          </For>
        </select>
      </div>
      <div class="sm:col-span-2">
        <label for="tags" class="text-sm font-medium">
          {t().submission.tags}
          <span class="ml-2 text-xs font-normal text-faint">{t().submission.optional}</span>
        </label>
        <input
          id="tags"
          class="field mt-1"
          autocomplete="off"
          spellcheck={false}
          placeholder="env=prod, team=search"
          aria-invalid={props.tagsProblem !== undefined}
          aria-describedby="tags-help"
          value={props.choices.tags}
          onInput={(event) => props.onChange({ tags: event.currentTarget.value })}
        />
        <p
          id="tags-help"
          class="mt-1 text-xs"
          classList={{ "text-faint": !props.tagsProblem, "text-bad": Boolean(props.tagsProblem) }}
        >
          <Show when={props.tagsProblem} fallback={t().submission.tagsHelp}>
            {props.tagsProblem}
          </Show>
        </p>
      </div>
    </div>
  );
}

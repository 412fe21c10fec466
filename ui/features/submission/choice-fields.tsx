import { useQuery } from "@tanstack/solid-query";
import type { JudgeChoice } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { healthQuery } from "../../kit/queries.ts";
import { Select } from "../../kit/select.tsx";
import type { Choices } from "./choices.ts";

const JUDGES: readonly JudgeChoice[] = ["auto", "decision", "llm", "offline"];

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
      <TextLine
        id="run-name"
        label={<Optional name={t().submission.runName} />}
        maxlength={200}
        autocomplete="off"
        placeholder={t().submission.runNameHelp}
        value={props.choices.name}
        onText={(name) => props.onChange({ name })}
      />
      <Labelled for="judge" label={t().submission.judge}>
        <Select
          id="judge"
          chosen={props.choices.judge ?? "auto"}
          options={JUDGES.map((judge) => [judge, wordOf(judge)])}
          onChoose={(judge) => props.onChange({ judge: judge === "auto" ? null : judge })}
        />
      </Labelled>
      <TextLine
        id="tags"
        label={<Optional name={t().submission.tags} />}
        help={
          <span classList={{ "text-bad": props.tagsProblem !== undefined }}>
            {props.tagsProblem ?? t().submission.tagsHelp}
          </span>
        }
        around="sm:col-span-2"
        autocomplete="off"
        spellcheck={false}
        placeholder="env=prod, team=search"
        aria-invalid={props.tagsProblem !== undefined}
        value={props.choices.tags}
        onText={(tags) => props.onChange({ tags })}
      />
    </div>
  );
}

function Optional(props: { name: string }) {
  return (
    <>
      {props.name}
      <span class="ml-2 text-xs font-normal text-faint">{t().submission.optional}</span>
    </>
  );
}

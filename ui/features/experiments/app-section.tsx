import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { Target } from "../../../src/contract/target.ts";
import { t } from "../../i18n/translate.ts";
import { Badge } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { dataOf } from "../../kit/data-of.ts";
import { TextLine } from "../../kit/fields.tsx";
import { formatCount, formatDuration, formatMoney } from "../../kit/format.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { AddMore, RefusalLine, Row, Rows, Section } from "../settings/parts.tsx";
import { askTarget, deleteTarget, targetsQuery } from "./experiments-api.ts";
import { TargetForm } from "./target-form.tsx";

/** The apps that are asked, and one question at once to each. */
export function AppSection() {
  const words = () => t().experiments;
  const targets = useQuery(targetsQuery);
  return (
    <Section id="apps" title={words().apps} text={words().appsText}>
      <QueryView query={targets} skeleton={<div class="skeleton mt-5 h-16" />}>
        {(known) => (
          <Rows each={known().map(({ target_id }) => target_id)} none={words().noApps}>
            {(id) => (
              <Show when={known().find(({ target_id }) => target_id === id)}>
                {(target) => <AppRow target={target()} />}
              </Show>
            )}
          </Rows>
        )}
      </QueryView>
      <AddMore label={words().connect} isFirst={dataOf(targets)?.length === 0}>
        <TargetForm />
      </AddMore>
    </Section>
  );
}

function AppRow(props: { target: Target }) {
  const words = () => t().experiments;
  const [open, setOpen] = createSignal<"ask" | "edit" | null>(null);
  const removing = useSaving(deleteTarget, {
    alters: ["targets"],
    done: () => words().removed,
    isSaid: true,
  });
  return (
    <Row
      actions={
        <div class="flex flex-wrap gap-2">
          <For each={["ask", "edit"] as const}>
            {(part) => (
              <button
                type="button"
                class="button"
                aria-expanded={open() === part}
                onClick={() => setOpen(open() === part ? null : part)}
              >
                {open() === part ? words().close : words()[part]}
              </button>
            )}
          </For>
          <ConfirmButton
            {...{ label: words().remove, name: props.target.name, title: words().removeTitle }}
            {...{ text: words().removeText, isBusy: removing.isPending }}
            onConfirm={() => removing.mutate(props.target.target_id)}
          />
        </div>
      }
      below={
        <>
          <Show when={open() === "ask"}>
            <AskOne target={props.target} />
          </Show>
          <Show when={open() === "edit"}>
            <TargetForm target={props.target} onDone={() => setOpen(null)} />
          </Show>
        </>
      }
    >
      <p class="font-medium">
        {props.target.name}{" "}
        <span class="ml-1 text-sm font-normal text-soft">
          {words().kinds[props.target.kind]} · {props.target.mode}
        </span>
      </p>
      <p class="text-sm break-all text-soft">{props.target.base_url}</p>
      <p class="text-xs text-soft">
        {words().atOnce(props.target.at_once)} ·{" "}
        {words().askedToday(formatCount(props.target.asked_today))}
      </p>
      <Show when={!props.target.has_key && props.target.kind !== "http"}>
        <p class="text-sm text-warn">{words().noKey}</p>
      </Show>
    </Row>
  );
}

/** What is understood of an answer, before anything is run. */
function AskOne(props: { target: Target }) {
  const words = () => t().experiments;
  const [question, setQuestion] = createSignal("");
  const asking = useSaving(askTarget, { alters: ["targets", "estimate"] });
  const cost = () => {
    const { ms, price, currency } = asking.data?.cost ?? { ms: 0, price: null, currency: null };
    const time = words().took(formatDuration(ms));
    return price === null ? time : `${time} · ${formatMoney(price)} ${currency ?? ""}`;
  };
  return (
    <form
      class="mt-3 grid gap-3 rounded-field bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (question().trim() !== "")
          asking.mutate({ id: props.target.target_id, question: question() });
      }}
    >
      <TextLine
        id={`ask-${props.target.target_id}`}
        label={words().question}
        value={question()}
        onText={setQuestion}
      />
      <button
        type="submit"
        class="button button-primary justify-self-start"
        disabled={asking.isPending}
      >
        {asking.isPending ? words().asking : words().ask}
      </button>
      <RefusalLine error={asking.error} />
      <Show when={asking.data}>
        {(asked) => (
          <div aria-live="polite" class="grid gap-2 text-sm">
            <p class="flex flex-wrap items-center gap-2">
              <Badge look={asked().outcome === "answered" ? ["check", "good"] : ["warning", "bad"]}>
                {words().outcomes[asked().outcome]}
              </Badge>
              <span class="text-soft">{cost()}</span>
            </p>
            <Show when={asked().why}>{(why) => <p class="break-words text-bad">{why()}</p>}</Show>
            <Show when={asked().answer}>
              {(answer) => <p class="whitespace-pre-wrap break-words">{answer()}</p>}
            </Show>
            <Show when={asked().outcome === "answered"}>
              <Show
                when={asked().contexts?.length}
                fallback={<p class="text-warn">{words().noPassages}</p>}
              >
                {(n) => (
                  <details>
                    <summary class="cursor-pointer text-soft">
                      {words().passages(n())} · {words().passagesFrom(asked().contexts_from ?? "")}
                    </summary>
                    <ol class="mt-2 list-decimal space-y-1 pl-5">
                      <For each={asked().contexts}>
                        {(text) => <li class="break-words">{text}</li>}
                      </For>
                    </ol>
                  </details>
                )}
              </Show>
            </Show>
          </div>
        )}
      </Show>
    </form>
  );
}

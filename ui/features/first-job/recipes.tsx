import { useMutation, useQuery, useQueryClient } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { demoRows } from "../../../src/demo-rows.ts";
import { t } from "../../i18n/translate.ts";
import { pathOf, send } from "../../kit/api.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { language } from "../../kit/preferences.ts";
import { healthQuery } from "../../kit/queries.ts";
import { sayWhy } from "../../kit/say-why.ts";

/** Nothing is there yet, so the page says how something gets there. */
export default function FirstJob() {
  return (
    <section class="card mt-6 p-6 sm:p-8">
      <h2 class="text-lg font-semibold">{t().firstJob.title}</h2>
      <p class="mt-1 max-w-[65ch] text-soft">{t().firstJob.text}</p>
      <div class="mt-6 grid gap-x-8 gap-y-8 lg:grid-cols-2">
        <div class="min-w-0">
          <h3 class="font-semibold">{t().firstJob.byHand}</h3>
          <p class="mt-1 text-sm text-soft">{t().firstJob.byHandText}</p>
          <div class="mt-3 flex flex-wrap gap-2">
            <LoadSamples />
            <a class="button" href="/submit">
              {t().firstJob.submit}
            </a>
          </div>
          <h3 class="mt-8 font-semibold">{t().firstJob.byCurl}</h3>
          <p class="mt-1 mb-3 text-sm text-soft">{t().firstJob.byCurlText}</p>
          <CurlExample />
        </div>
        <div class="min-w-0">
          <h3 class="font-semibold">{t().firstJob.byDify}</h3>
          <p class="mt-1 mb-3 text-sm text-soft">{t().firstJob.byDifyText}</p>
          <DifyRecipe />
          <a class="link mt-4 inline-block text-sm" href="/connect">
            {t().firstJob.connect}
          </a>
        </div>
      </div>
    </section>
  );
}

/** Sends the forty questions of the demo, before and after a change, as anybody's uploads are sent. */
function LoadSamples() {
  const client = useQueryClient();
  const load = useMutation(() => ({
    mutationFn: async () => {
      for (const moment of ["before", "after"] as const) {
        await send(pathOf("POST /api/score/batch", undefined, { name: moment }), {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(demoRows(moment)),
        });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  }));
  return (
    <>
      <button
        type="button"
        class="button button-primary"
        disabled={load.isPending}
        onClick={() => load.mutate()}
      >
        {t().firstJob.loadSamples}
      </button>
      <Show when={load.error}>
        {(error) => (
          <p role="alert" class="w-full text-sm text-bad">
            {sayWhy(error())}
          </p>
        )}
      </Show>
    </>
  );
}

/** A name and a value to paste elsewhere. */
export function CopyLine(props: {
  name: string;
  value: string;
  /** Shown in front, not copied. */
  before?: string;
  /** Name and value side by side. */
  inRow?: boolean;
  /** Not for copying as it stands. */
  isPlain?: boolean;
}) {
  return (
    <div classList={{ "grid grid-cols-[6.5rem_minmax(0,1fr)] items-center": props.inRow }}>
      <dt
        class="wrap-anywhere text-faint"
        classList={{ "font-mono text-[0.8125rem]": props.inRow }}
      >
        {props.name}
      </dt>
      <dd
        class="flex items-center gap-2 rounded-field bg-raised py-1 pr-1 pl-3 font-mono text-[0.8125rem]"
        classList={{ "mt-1": !props.inRow }}
      >
        <Show when={props.before}>
          <span class="text-faint">{props.before}</span>
        </Show>
        <span class="min-w-0 flex-1 py-1 break-all">{props.value}</span>
        <Show when={!props.isPlain}>
          <CopyButton
            text={props.value}
            class="button button-quiet min-h-7 px-2 font-sans text-xs"
            name={`${t().app.copy}: ${props.name}`}
          />
        </Show>
      </dd>
    </div>
  );
}

const SAMPLES = {
  zh: {
    question: "年假有几天？",
    answer: "入职满一年有10天年假，没休完的可以折成现金。",
    contexts: ["入职满一年的员工每年有10天带薪年假。", "未休完的年假最多结转5天到次年。"],
  },
  en: {
    question: "How long is the warranty?",
    answer: "The warranty is three years and repairs are free.",
    contexts: ["The warranty is two years.", "Repairs within the warranty are free."],
  },
} as const;

/** What every copied command says of itself, where the server asks for it. */
function createKeyHeader(): () => string {
  const health = useQuery(healthQuery);
  return () =>
    health.isSuccess && health.data.access === "keys" ? "Authorization: Bearer <key>" : "";
}

export function CurlExample() {
  const keyHeader = createKeyHeader();
  const key = () => (keyHeader() === "" ? "" : ` \\\n  -H '${keyHeader()}'`);
  const command = () => `curl ${location.origin}/api/score/async${key()} \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(SAMPLES[language()], null, 2)}'`;
  return (
    <div class="relative">
      <pre class="code pt-9">{command()}</pre>
      <CopyButton
        text={command()}
        class="button button-quiet absolute top-1 right-1 min-h-7 px-2 text-xs"
        name={`${t().app.copy}: curl`}
      />
    </div>
  );
}

/** Node names as Dify gives them; they are picked anew in the editor when yours differ. */
const FIELDS = [
  ["question", "{{#sys.query#}}"],
  ["answer", "{{#llm.text#}}"],
  // An empty retrieval then arrives as `[]` and not as nothing; with results the server reads on after the brackets.
  ["contexts", "[]{{#knowledge_retrieval.result#}}"],
] as const;

/** The settings of Dify's HTTP Request node. A form body, because Dify does not escape what it puts into JSON. */
export function DifyRecipe() {
  const keyHeader = createKeyHeader();
  return (
    <dl class="grid grid-cols-1 gap-3 text-sm">
      <CopyLine
        name={t().recipes.method}
        value={`${location.origin}/api/score/async`}
        before="POST"
      />
      <Show when={keyHeader() !== ""}>
        <CopyLine name={t().recipes.authorization} value={keyHeader()} isPlain />
      </Show>
      <CopyLine
        name={t().recipes.header}
        before="Idempotency-Key"
        value="{{#sys.workflow_run_id#}}"
      />
      <div>
        <dt class="text-faint">{t().recipes.body}</dt>
        <dd class="mt-1">
          <dl class="grid grid-cols-1 gap-1.5">
            <For each={FIELDS}>
              {([name, value]) => <CopyLine name={name} value={value} inRow />}
            </For>
          </dl>
        </dd>
      </div>
    </dl>
  );
}

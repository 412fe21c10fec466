import { For, type JSX } from "solid-js";
import { CopyLine } from "../components/connect/copy-line.tsx";
import { CurlExample } from "../components/connect/curl-example.tsx";
import { DifyRecipe } from "../components/connect/dify-recipe.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { t } from "../i18n/translate.ts";

/** 接入: every way samples get here, ready to paste. */
export default function ConnectPage() {
  return (
    <>
      <PageHeading title={t().connect.title} intro={t().connect.intro} />
      <div class="mt-6 grid items-start gap-6 xl:grid-cols-2">
        <Way title={t().connect.difyTitle} text={t().connect.difyText}>
          <DifyRecipe />
          <h3 class="mt-6 font-semibold">{t().connect.optionalTitle}</h3>
          <dl class="mt-2 grid grid-cols-1 gap-1.5 text-sm">
            <CopyLine name="ground_truth" value="{{#start.ground_truth#}}" inRow />
            <CopyLine name="session_id" value="{{#sys.conversation_id#}}" inRow />
            <CopyLine name="metrics" value="faithfulness,context_recall" inRow />
          </dl>
          <ul class="mt-4 grid list-disc gap-1.5 pl-5 text-sm text-soft marker:text-accent-fill">
            <For each={t().connect.difyNotes}>{(note) => <li>{note}</li>}</For>
          </ul>
        </Way>
        <div class="grid grid-cols-1 gap-6">
          <Way title={t().connect.toolTitle} text={t().connect.toolText}>
            <dl>
              <CopyLine name="OpenAPI" value={`${location.origin}/openapi-dify.json`} />
            </dl>
          </Way>
          <Way title={t().jobs.emptyByCurl} text={t().connect.curlText}>
            <CurlExample />
          </Way>
          <Way title={t().connect.agentTitle} text={t().connect.agentText}>
            <dl>
              <CopyLine name="MCP" value={`${location.origin}/mcp`} />
            </dl>
          </Way>
          <p class="text-sm text-soft">
            <a class="link" href="/docs" target="_self" rel="external">
              {t().connect.docs}
            </a>
          </p>
        </div>
      </div>
    </>
  );
}

function Way(props: { title: string; text: string; children: JSX.Element }) {
  return (
    <section class="card min-w-0 p-5 sm:p-6">
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <p class="mt-1 mb-4 text-sm text-soft">{props.text}</p>
      {props.children}
    </section>
  );
}

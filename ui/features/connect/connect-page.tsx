import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { PageHeading } from "../../kit/page-heading.tsx";
import { healthQuery } from "../../kit/queries.ts";
import { Titled } from "../../kit/titled.tsx";
import { CopyLine, CurlExample, DifyRecipe } from "../first-job/recipes.tsx";
import { ExampleApps } from "./example-apps.tsx";
import { FirstCall } from "./first-call.tsx";
import { LiveTraffic } from "./live-traffic.tsx";
import { Way } from "./way.tsx";

/** 接入: every way samples get here, ready to paste. */
export default function ConnectPage() {
  return (
    <>
      <PageHeading title={t().connect.title} intro={t().connect.intro} />
      <KeyHint />
      <LiveTraffic />
      <FirstCall />
      <div class="mt-6 grid items-start gap-6 xl:grid-cols-2">
        <Way title={t().connect.difyTitle} text={t().connect.difyText}>
          <DifyRecipe />
          <h3 class="mt-6 font-semibold">{t().connect.optionalTitle}</h3>
          <dl class="mt-2 grid grid-cols-1 gap-1.5 text-sm">
            <CopyLine name="ground_truth" value="{{#start.ground_truth#}}" inRow />
            <CopyLine name="session_id" value="{{#sys.conversation_id#}}" inRow />
            <CopyLine name="metrics" value="faithfulness,context_recall" inRow />
            <CopyLine name="tags" value="env=prod,app=support" inRow />
          </dl>
          <ul class="mt-4 grid list-disc gap-1.5 pl-5 text-sm text-soft marker:text-accent-fill">
            <For each={t().connect.difyNotes}>{(note) => <li>{note}</li>}</For>
          </ul>
        </Way>
        <div class="grid grid-cols-1 gap-6">
          <Way title={t().connect.appsTitle} text={t().connect.appsText}>
            <ExampleApps />
          </Way>
          <Way title={t().connect.fileTitle} text={t().connect.fileText}>
            <a class="button" href="/submit?way=file">
              {t().connect.fileLink}
            </a>
          </Way>
          <Way title={t().connect.toolTitle} text={t().connect.toolText}>
            <dl>
              <CopyLine name="OpenAPI" value={`${location.origin}/openapi-dify.json`} />
            </dl>
          </Way>
          <Way title={t().firstJob.byCurl} text={t().connect.curlText}>
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
      <Troubles />
    </>
  );
}

/** What usually goes wrong, by what one sees. */
function Troubles() {
  return (
    <Titled id="troubles" title={t().connect.troublesTitle} class="card mt-6 p-5 sm:p-6">
      <dl class="mt-3 grid gap-x-8 gap-y-4 text-sm lg:grid-cols-2">
        <For each={t().connect.troubles}>
          {([seen, fix]) => (
            <div class="min-w-0">
              <dt class="font-medium break-words">{seen}</dt>
              <dd class="mt-0.5 break-words text-soft">{fix}</dd>
            </div>
          )}
        </For>
      </dl>
    </Titled>
  );
}

const LOCAL = /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/;

/** Whether this server asks for a key, and whether a Dify elsewhere can reach it at all. */
function KeyHint() {
  const health = useQuery(healthQuery);
  const access = () => (health.isSuccess ? health.data.access : null);
  return (
    <div class="mt-6 grid grid-cols-1 gap-2 text-sm">
      <Show when={access() === "keys"}>
        <p class="flex gap-2 rounded-field bg-info-wash px-4 py-2.5">
          <Icon name="question" class="mt-0.5 text-info" />
          <span class="min-w-0">
            {t().connect.keyWanted}{" "}
            <a class="link" href="/settings/keys">
              {t().connect.keyMake}
            </a>
          </span>
        </p>
      </Show>
      <Show when={access() === "open"}>
        <p class="flex gap-2 rounded-field bg-info-wash px-4 py-2.5">
          <Icon name="question" class="mt-0.5 text-info" />
          <span class="min-w-0">{t().connect.keyNotWanted}</span>
        </p>
      </Show>
      <Show when={LOCAL.test(location.hostname)}>
        <p class="flex gap-2 rounded-field bg-warn-wash px-4 py-2.5">
          <Icon name="warning" class="mt-0.5 text-warn" />
          <span class="min-w-0 break-words">{t().connect.localAddress(location.origin)}</span>
        </p>
      </Show>
    </div>
  );
}

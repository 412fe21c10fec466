import { t } from "../i18n/translate.ts";
import { language } from "../preferences.ts";
import { CopyButton } from "./copy-button.tsx";

const DIFY_BODY = `{
  "question": "{{#sys.query#}}",
  "answer": "{{#llm.text#}}",
  "contexts": {{#knowledge_retrieval.result#}}
}`;

/** Nothing is there yet, so the page says how something gets there. */
export function JobsEmpty() {
  return (
    <section class="card mt-6 p-6 sm:p-8">
      <h2 class="text-lg font-semibold">{t().jobs.emptyTitle}</h2>
      <p class="mt-1 max-w-[65ch] text-soft">{t().jobs.emptyText}</p>
      <div class="mt-6 grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <div>
          <h3 class="font-semibold">{t().jobs.emptyByHand}</h3>
          <p class="mt-1 text-sm text-soft">{t().jobs.emptyByHandText}</p>
          <a class="button button-primary mt-3" href="/submit">
            {t().submit.title}
          </a>
          <div class="mt-6 flex items-center justify-between gap-3">
            <h3 class="font-semibold">{t().jobs.emptyByCurl}</h3>
            <CopyButton text={curlText()} class="button button-quiet" />
          </div>
          <p class="mt-1 text-sm text-soft">{t().jobs.emptyByCurlText}</p>
          <pre class="code mt-3">{curlText()}</pre>
        </div>
        <div>
          <h3 class="font-semibold">{t().jobs.emptyByDify}</h3>
          <p class="mt-1 text-sm text-soft">{t().jobs.emptyByDifyText}</p>
          <dl class="mt-3 grid gap-3 text-sm">
            <div>
              <dt class="text-faint">{t().jobs.difyMethod}</dt>
              <dd class="code mt-1">POST {location.origin}/api/score/async</dd>
            </div>
            <div>
              <dt class="text-faint">{t().jobs.difyHeaders}</dt>
              <dd class="code mt-1">Content-Type: application/json</dd>
            </div>
            <div>
              <dt class="flex items-center justify-between text-faint">
                {t().jobs.difyBody}
                <CopyButton text={DIFY_BODY} class="button button-quiet" />
              </dt>
              <dd class="code mt-1">{DIFY_BODY}</dd>
              <dd class="mt-1 text-faint">
                <code>contexts</code>: {t().jobs.difyContexts}
              </dd>
            </div>
          </dl>
        </div>
      </div>
    </section>
  );
}

function curlText(): string {
  const sample =
    language() === "zh"
      ? {
          question: "年假有几天？",
          answer: "入职满一年有10天年假，没休完的可以折成现金。",
          contexts: ["入职满一年的员工每年有10天带薪年假。", "未休完的年假最多结转5天到次年。"],
        }
      : {
          question: "How long is the warranty?",
          answer: "The warranty is three years and repairs are free.",
          contexts: ["The warranty is two years.", "Repairs within the warranty are free."],
        };
  return `curl ${location.origin}/api/score/async \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(sample, null, 2)}'`;
}

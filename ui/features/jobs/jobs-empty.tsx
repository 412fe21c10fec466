import { t } from "../../i18n/translate.ts";
import { CurlExample, DifyRecipe } from "./recipes.tsx";

/** Nothing is there yet, so the page says how something gets there. */
export default function JobsEmpty() {
  return (
    <section class="card mt-6 p-6 sm:p-8">
      <h2 class="text-lg font-semibold">{t().jobs.emptyTitle}</h2>
      <p class="mt-1 max-w-[65ch] text-soft">{t().jobs.emptyText}</p>
      <div class="mt-6 grid gap-x-8 gap-y-8 lg:grid-cols-2">
        <div class="min-w-0">
          <h3 class="font-semibold">{t().jobs.emptyByHand}</h3>
          <p class="mt-1 text-sm text-soft">{t().jobs.emptyByHandText}</p>
          <a class="button button-primary mt-3" href="/submit">
            {t().jobs.emptySubmit}
          </a>
          <h3 class="mt-8 font-semibold">{t().jobs.emptyByCurl}</h3>
          <p class="mt-1 mb-3 text-sm text-soft">{t().jobs.emptyByCurlText}</p>
          <CurlExample />
        </div>
        <div class="min-w-0">
          <h3 class="font-semibold">{t().jobs.emptyByDify}</h3>
          <p class="mt-1 mb-3 text-sm text-soft">{t().jobs.emptyByDifyText}</p>
          <DifyRecipe />
          <a class="link mt-4 inline-block text-sm" href="/connect">
            {t().jobs.emptyConnect}
          </a>
        </div>
      </div>
    </section>
  );
}

import { useLocation } from "@solidjs/router";
import { t } from "../i18n/translate.ts";
import { PageHeading } from "../kit/page-heading.tsx";

export default function NotFoundPage() {
  const location = useLocation();
  return (
    <>
      <PageHeading
        title={t().notFound.title}
        intro={t().notFound.text(location.pathname.slice(0, 120))}
      />
      <p class="mt-6 text-soft">{t().notFound.hint}</p>
      <div class="mt-3 flex flex-wrap gap-2">
        <a class="button button-primary" href="/">
          {t().nav.jobs}
        </a>
        <a class="button" href="/runs">
          {t().nav.runs}
        </a>
        <a class="button" href="/submit">
          {t().nav.submit}
        </a>
      </div>
    </>
  );
}

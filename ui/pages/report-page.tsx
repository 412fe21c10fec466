import { useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { PageHeading } from "../components/page-heading.tsx";
import { QueryView } from "../components/query-view.tsx";
import { ReportBody } from "../components/report/report-body.tsx";
import { ReportSkeleton } from "../components/report/report-skeleton.tsx";
import { t } from "../i18n/translate.ts";
import { reportQuery } from "../queries.ts";

/** 报告详情: the result, what to do about it, and the sentences it rests on. */
export default function ReportPage() {
  const params = useParams<{ id: string }>();
  const query = useQuery(() => reportQuery(params.id));
  return (
    <QueryView
      query={query}
      heading={<PageHeading title={t().report.title} />}
      skeleton={<ReportSkeleton />}
      gone={{
        title: t().report.gone,
        text: t().report.goneText,
        href: "/runs",
        link: t().report.toRuns,
      }}
    >
      {(report) => <ReportBody report={report()} />}
    </QueryView>
  );
}

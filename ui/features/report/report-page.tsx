import { useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { t } from "../../i18n/translate.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { ReportBody } from "./report-body.tsx";
import { reportQuery } from "./report-queries.ts";
import { ReportSkeleton } from "./report-skeleton.tsx";

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

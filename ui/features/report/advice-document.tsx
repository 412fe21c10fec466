import { useQuery } from "@tanstack/solid-query";
import { QueryView } from "../../kit/query-view.tsx";
import MarkdownDocument from "./markdown-document.tsx";
import { artifactQuery } from "./report-files.ts";

/** The advice as it is stored, read here. Neither the text nor the Markdown reader is loaded before it is asked for. */
export default function AdviceDocument(props: { runId: string }) {
  const query = useQuery(() => artifactQuery(props.runId, "optimization_advice.md"));
  return (
    <QueryView query={query} skeleton={<div class="skeleton h-64" />} errorClass="">
      {(text) => <MarkdownDocument text={text()} />}
    </QueryView>
  );
}

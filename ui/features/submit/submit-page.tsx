import { useSearchParams } from "@solidjs/router";
import { For, Show, Suspense } from "solid-js";
import { Dynamic } from "solid-js/web";
import { lazyWithWords } from "../../i18n/lazy-with-words.ts";
import { t } from "../../i18n/translate.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { ByHandForm } from "./by-hand-form.tsx";

const UploadForm = lazyWithWords(() => import("../upload/upload-form.tsx"), "submission", "upload");
const SentJob = lazyWithWords(() => import("./sent-job.tsx"), "jobs", "submit", "upload");

const WAYS = ["hand", "file"] as const;

/** 提交: what a workflow would send, by hand or from a file. The way and the job sent last live in the address. */
export default function SubmitPage() {
  const [search] = useSearchParams<{ way: string; job: string }>();
  const way = () => (search.way === "file" ? "file" : "hand");
  return (
    <>
      <PageHeading title={t().submit.title} intro={t().submit.intro} />
      <nav class="mt-5 flex gap-1 border-b border-line" aria-label={t().submit.title}>
        <For each={WAYS}>
          {(one) => (
            <a
              class="-mb-px border-b-2 px-4 py-2 font-medium"
              classList={{
                "border-accent-fill text-ink": way() === one,
                "border-transparent text-soft hover:text-ink": way() !== one,
              }}
              href={one === "hand" ? "/submit" : "/submit?way=file"}
              aria-current={way() === one ? "page" : undefined}
            >
              {t().submit.ways[one]}
            </a>
          )}
        </For>
      </nav>
      <Show when={search.job}>
        <Suspense>
          <SentJob />
        </Suspense>
      </Show>
      <Show when={!(search.job && way() === "file")}>
        <Suspense fallback={<CardSkeletons />}>
          <Dynamic component={way() === "file" ? UploadForm : ByHandForm} />
        </Suspense>
      </Show>
    </>
  );
}

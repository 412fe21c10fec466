import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { Advice, SampleDetail } from "../../../src/contract/report.ts";
import { diagnoseAll } from "../../../src/scoring/diagnose.ts";
import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { readDifference } from "../../../src/scoring/read-difference.ts";
import { sayDifference } from "../../../src/words/difference-words.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { language } from "../../kit/preferences.ts";
import { sampleQuery } from "./sample-query.ts";

const MOST_STATEMENTS = 3;

/** The samples that show a cause best, in their own words: the statements that prove it and what the passages say. */
export function CauseProof(props: { runId: string; advice: Advice }) {
  return (
    <Show when={props.advice.sample_ids.length > 0}>
      <h4 class="mt-3 font-medium">{t().finding.proof}</h4>
      <ul class="mt-1 grid grid-cols-1 gap-2">
        <For each={props.advice.sample_ids}>
          {(id) => <ProvingSample runId={props.runId} advice={props.advice} sampleId={id} />}
        </For>
      </ul>
    </Show>
  );
}

function ProvingSample(props: { runId: string; advice: Advice; sampleId: string }) {
  const query = useQuery(() => sampleQuery(props.runId, props.sampleId));
  return (
    <Show when={dataOf(query)}>
      {(detail) => (
        <li class="min-w-0 border-l-2 border-line pl-3">
          <p class="line-clamp-2 break-words text-faint">{detail().sample.question}</p>
          <For each={claimsOf(detail(), props.advice)}>
            {(claim) => <Statement claim={claim} detail={detail()} />}
          </For>
        </li>
      )}
    </Show>
  );
}

function claimsOf({ evidence, sample }: SampleDetail, { cause }: Advice): EvidenceClaim[] {
  if (!evidence) return [];
  const ids = diagnoseAll(evidence, sample.outcomes).find((one) => one.cause === cause)?.claimIds;
  const proving = new Set(ids ?? []);
  return evidence.claims.filter(({ id }) => proving.has(id)).slice(0, MOST_STATEMENTS);
}

function Statement(props: { claim: EvidenceClaim; detail: SampleDetail }) {
  const sides = () => props.detail.evidence && readDifference(props.claim, props.detail.evidence);
  const span = () => props.claim.evidence[0];
  const quoted = () => {
    const at = span();
    const text = at && props.detail.evidence?.passages?.[at.passage]?.text;
    return at && text ? text.slice(at.start, at.end) : null;
  };
  return (
    <div class="mt-1 break-words">
      <p>
        <span class="text-faint">
          {props.claim.of === "answer" ? t().finding.answerSays : t().finding.referenceSays}:{" "}
        </span>
        <q>{props.claim.text}</q>
      </p>
      <Show when={sides()}>
        {(said) => <p class="text-bad">{sayDifference(said(), language())}</p>}
      </Show>
      <p class="text-soft">
        <Show when={quoted()} fallback={t().finding.nothingSays}>
          {(text) => (
            <>
              <span class="text-faint">{t().sample.passage((span()?.passage ?? 0) + 1)}: </span>
              <q>{text()}</q>
            </>
          )}
        </Show>
      </p>
    </div>
  );
}

import { createMemo, For, Show } from "solid-js";
import type { Opinion } from "../../../src/contract/review.ts";
import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { areLetterKeysOn } from "../../kit/preferences.ts";
import { saveFile } from "../../kit/save-file.ts";
import { Select } from "../../kit/select.tsx";
import { caseOf } from "./case-of-claim.ts";
import { isDisputed, type Reviews, toggle, type Word } from "./create-reviews.ts";

const OPINIONS: readonly { opinion: Opinion; key: string }[] = [
  { opinion: "agree", key: "y" },
  { opinion: "disagree", key: "n" },
  { opinion: "unsure", key: "s" },
];

/** Three buttons, of which one may be pressed; the key that does the same stands on each. */
export function ReviewButtons(props: {
  reviews: Reviews;
  claimId: string | null;
  label: string;
  /** Only the buttons of the current claim are stops for Tab, so that a long list stays short. */
  isStop: boolean;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend to be seen
    <span
      role="group"
      aria-label={props.label}
      class="inline-flex overflow-hidden rounded-field border border-line text-xs"
    >
      <For each={OPINIONS}>
        {({ opinion, key }) => (
          <button
            type="button"
            class="inline-flex min-h-8 items-center gap-1.5 border-r border-line px-2.5 text-faint last:border-r-0 hover:bg-raised hover:text-ink aria-pressed:bg-primary aria-pressed:font-medium aria-pressed:text-primary-ink max-lg:min-h-10 max-lg:px-3.5"
            aria-pressed={props.reviews.mine(props.claimId)?.opinion === opinion}
            aria-keyshortcuts={props.claimId === null ? key.toUpperCase() : key}
            tabIndex={props.isStop ? 0 : -1}
            data-opinion={opinion}
            onClick={() => toggle(props.reviews, props.claimId, opinion)}
          >
            {t().review[opinion]}
            <span class="hidden font-mono opacity-70 lg:inline" aria-hidden="true">
              {props.claimId === null ? key.toUpperCase() : key}
            </span>
          </button>
        )}
      </For>
    </span>
  );
}

/** How far the reader has come with this sample, the way back, and the keys. */
export function ReviewBar(props: {
  reviews: Reviews;
  /** The problems; where there are none, all claims. */
  claimIds: readonly string[];
  areProblems: boolean;
}) {
  const done = () => props.claimIds.filter((id) => props.reviews.mine(id)).length;
  const text = () => {
    const say = props.areProblems ? t().review.progress : t().review.progressOfClaims;
    return say(formatCount(done()), formatCount(props.claimIds.length));
  };
  return (
    <Show when={props.reviews.areOpen() && props.claimIds.length > 0}>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-field bg-raised/60 px-3 py-2 text-sm print:hidden">
        <span class="font-medium" role="status">
          {text()}
        </span>
        <progress
          class="progress h-1.5 w-28"
          max={props.claimIds.length}
          value={done()}
          aria-label={text()}
        />
        <button
          type="button"
          class="link text-sm disabled:text-faint disabled:no-underline"
          disabled={!props.reviews.canUndo()}
          aria-keyshortcuts="u"
          onClick={() => props.reviews.undo()}
        >
          {t().review.undo}
        </button>
        <Show when={done() === props.claimIds.length}>
          <span class="text-good">{t().review.allDone}</span>
        </Show>
        <Show when={areLetterKeysOn()}>
          <span class="hidden w-full text-xs text-faint lg:block">{t().review.keys}</span>
        </Show>
      </div>
    </Show>
  );
}

const VERDICTS = ["supported", "contradicted", "unsupported"] as const;

/** A file of one line; several can be put one under another. It stays on this machine until somebody sends it. */
function saveCase(evidence: Evidence, claim: EvidenceClaim, word: Word): void {
  const line = `${JSON.stringify(caseOf(evidence, claim, word))}\n`;
  saveFile(`case-${claim.id}.jsonl`, line, "application/jsonl;charset=utf-8");
}

/** After a word on a claim: what the verdict should have been, and why. */
export function ReviewMore(props: { reviews: Reviews; claim: EvidenceClaim; evidence: Evidence }) {
  const mine = () => props.reviews.mine(props.claim.id);
  // Equal notes are one: an answer of the server must not write over what is being typed.
  const note = createMemo(() => mine()?.note ?? "");
  const change = (part: Partial<Word>) => {
    const now = mine();
    if (now) {
      const { opinion, verdict, note } = now;
      props.reviews.say(props.claim.id, { opinion, verdict, note, ...part });
    }
  };
  return (
    <Show when={mine()}>
      {(word) => (
        <div class="flex flex-wrap items-end gap-3 px-3 pb-3 print:hidden">
          <Show when={word().opinion === "disagree"}>
            <label class="grid gap-1 text-xs text-faint">
              {t().review.instead}
              <Select
                class="field w-auto py-1 text-sm"
                chosen={word().verdict ?? ""}
                options={[
                  ["", t().review.insteadNone],
                  ...VERDICTS.map((verdict) => [verdict, t().sample.verdicts[verdict]] as const),
                ]}
                onChoose={(verdict) => change({ verdict: verdict || null })}
              />
            </label>
          </Show>
          <label class="grid min-w-40 flex-1 gap-1 text-xs text-faint">
            {t().review.note}
            <input
              class="field py-1 text-sm"
              maxlength={2000}
              placeholder={t().review.notePlaceholder}
              value={note()}
              onChange={(event) => change({ note: event.currentTarget.value.trim() || null })}
            />
          </label>
          <Show when={word().opinion === "disagree" && props.claim.of === "answer"}>
            <button
              type="button"
              class="button button-quiet px-2.5 text-xs"
              title={t().review.saveCaseMeaning}
              onClick={() => saveCase(props.evidence, props.claim, word())}
            >
              {t().review.saveCase}
            </button>
          </Show>
        </div>
      )}
    </Show>
  );
}

/** What others said of the claim, with their notes; a dispute is named. */
export function OtherOpinions(props: { reviews: Reviews; claimId: string | null }) {
  return (
    <Show when={props.reviews.others(props.claimId).length > 0}>
      <ul class="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
        <Show when={isDisputed(props.reviews, props.claimId)}>
          <li class="inline-flex items-center gap-1 rounded-full bg-warn-wash px-2 py-0.5 text-warn">
            <Icon name="warning" class="size-3" />
            {t().review.peopleDisagree}
          </li>
        </Show>
        <For each={props.reviews.others(props.claimId)}>
          {(review) => (
            <li class="break-words">
              {t().review.by(nameOf(review.reviewer), t().review[review.opinion])}
              <Show when={review.verdict}>
                {(verdict) => <> ({t().sample.verdicts[verdict()]})</>}
              </Show>
              <Show when={review.note}>{(note) => <q class="ml-1">{note()}</q>}</Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** `key:id (name)` is written for the audit log; people know the name. */
function nameOf(reviewer: string): string {
  return reviewer.match(/^key:\S+ \((.+)\)$/)?.[1] ?? (reviewer || t().review.someone);
}

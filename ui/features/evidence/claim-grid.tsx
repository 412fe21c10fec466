import { createMemo, For } from "solid-js";
import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import type { EvidenceLink } from "./create-link.ts";
import { createWindow, ShowMore } from "./growing-window.tsx";
import { shownVerdict, VERDICT_LOOKS, VerdictLabel } from "./verdict-label.tsx";

/** Claims down, passages across: which passage each claim rests on. A real table, so it can be read aloud. */
export function ClaimGrid(props: { evidence: Evidence; link: EvidenceLink }) {
  const passages = () => props.evidence.passages ?? [];
  const window = createWindow(
    () => props.evidence.claims,
    () => 0,
  );
  return (
    <>
      <p class=" text-sm text-soft">{t().sample.gridText}</p>
      <div
        class="mt-3 overflow-x-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be scrolled by keyboard too
        tabIndex={0}
      >
        <table class="border-separate border-spacing-1 text-sm">
          <thead>
            <tr class="text-xs text-faint">
              <th scope="col" class="pr-3 text-left font-medium">
                {t().sample.gridClaim}
              </th>
              <th scope="col" class="pr-3 text-left font-medium">
                {t().sample.gridVerdict}
              </th>
              <For each={passages()}>
                {(passage) => (
                  <th scope="col" class="min-w-10 px-1 text-center font-medium">
                    <span aria-hidden="true">{passage.index + 1}</span>
                    <span class="sr-only">{t().sample.passage(passage.index + 1)}</span>
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={window.visible()}>
              {(claim) => <GridRow claim={claim} n={passages().length} link={props.link} />}
            </For>
          </tbody>
        </table>
      </div>
      <ShowMore hidden={window.hidden()} onMore={window.showMore} />
    </>
  );
}

/** More sentences, a stronger frame; the number says how many. */
const HEAT = [
  "",
  "ring-1 ring-current/40 ring-inset",
  "ring-2 ring-current/60 ring-inset",
] as const;

function GridRow(props: { claim: EvidenceClaim; n: number; link: EvidenceLink }) {
  const counts = createMemo(() => {
    const found = new Array<number>(props.n).fill(0);
    for (const { passage } of props.claim.evidence) {
      if (found[passage] !== undefined) found[passage] += 1;
    }
    return found;
  });
  return (
    <tr
      class="data-[lit=true]:bg-accent-wash"
      data-lit={props.link.isLit([props.claim.id])}
      onPointerEnter={() => props.link.point([props.claim.id])}
      onPointerLeave={() => props.link.leave()}
      onClick={() => props.link.choose(props.claim.id)}
    >
      <th
        scope="row"
        class="pr-3 text-left font-mono text-xs font-normal text-soft"
        title={props.claim.text}
      >
        {props.claim.id}
      </th>
      <td class="pr-3">
        <VerdictLabel verdict={shownVerdict(props.claim)} />
      </td>
      <For each={counts()}>
        {(count) => (
          <td
            class={`h-8 min-w-10 rounded text-center text-xs ${
              count > 0
                ? `${VERDICT_LOOKS[shownVerdict(props.claim)].cell} font-medium ${HEAT[Math.min(count, HEAT.length) - 1]}`
                : "bg-raised/60 text-faint"
            }`}
          >
            <span aria-hidden="true">{count > 0 ? count : "·"}</span>
            <span class="sr-only">
              {count > 0 ? t().sample.cell(String(count)) : t().sample.noCell}
            </span>
          </td>
        )}
      </For>
    </tr>
  );
}

import { createSignal, Show } from "solid-js";
import type { Usage } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { formatMoney } from "../../kit/format.ts";
import { recallJson, remember } from "../../kit/storage.ts";

/** Money only where the reader gives a price: ours would be old tomorrow, and every contract has its own. */
export function PriceForm(props: { model: string; usage: Usage }) {
  const [price, setPrice] = createSignal(priceOf(props.model));
  const [isOpen, setIsOpen] = createSignal(false);
  const cost = () => {
    const known = price();
    if (known === null) return null;
    const { prompt_tokens, completion_tokens } = props.usage;
    if (prompt_tokens === null || completion_tokens === null) return null;
    return (prompt_tokens * known.in + completion_tokens * known.out) / 1e6;
  };
  function change(side: "in" | "out", text: string): void {
    const next = { in: 0, out: 0, ...price(), [side]: Math.max(0, Number(text) || 0) };
    const isSet = next.in > 0 || next.out > 0;
    setPrice(isSet ? next : null);
    remember(KEY + props.model, isSet ? JSON.stringify(next) : null);
  }
  const field = (side: "in" | "out", label: string) => (
    <label class="grid gap-1 text-xs text-faint">
      {label}
      <input
        class="field w-36 py-1 text-sm"
        type="number"
        min="0"
        step="any"
        inputmode="decimal"
        value={price()?.[side] ?? ""}
        onChange={(event) => change(side, event.currentTarget.value)}
      />
    </label>
  );
  return (
    <>
      <Show when={cost() !== null}>
        <span class="mr-3 font-medium">{formatMoney(cost() ?? 0)}</span>
      </Show>
      <button
        type="button"
        class="link print:hidden"
        aria-expanded={isOpen()}
        onClick={() => setIsOpen((open) => !open)}
      >
        {price() === null ? t().trust.price : t().trust.priceChange}
      </button>
      <Show when={isOpen()}>
        <div class="mt-2 flex flex-wrap gap-3 print:hidden">
          {field("in", t().trust.priceIn)}
          {field("out", t().trust.priceOut)}
        </div>
        <p class="mt-1 text-xs text-faint print:hidden">{t().trust.priceNote}</p>
      </Show>
    </>
  );
}

/** Per million tokens, in whatever currency its owner counts. */
interface ModelPrice {
  in: number;
  out: number;
}

const KEY = "touchstone.price:";

function priceOf(model: string): ModelPrice | null {
  const known = recallJson(KEY + model);
  if (typeof known !== "object" || known === null) return null;
  const { in: input, out: output }: { in?: unknown; out?: unknown } = known;
  if (typeof input !== "number" || typeof output !== "number") return null;
  return { in: input, out: output };
}

/** Per million tokens, in whatever currency its owner counts. */
export interface ModelPrice {
  in: number;
  out: number;
}

const KEY = "touchstone.price:";

export function priceOf(model: string): ModelPrice | null {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY + model) ?? "null");
    if (typeof known !== "object" || known === null) return null;
    const { in: input, out: output }: { in?: unknown; out?: unknown } = known;
    if (typeof input !== "number" || typeof output !== "number") return null;
    return { in: input, out: output };
  } catch {
    return null;
  }
}

// Storage throws where the browser forbids it; then the price lasts as long as the page.
export function rememberPrice(model: string, price: ModelPrice | null): void {
  try {
    if (price === null) localStorage.removeItem(KEY + model);
    else localStorage.setItem(KEY + model, JSON.stringify(price));
  } catch {
    return;
  }
}

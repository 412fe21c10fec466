type Storage = "localStorage" | "sessionStorage";

// Storage throws where the browser forbids it; then memory lasts as long as the page.

export function recall(key: string, storage: Storage = "localStorage"): string | null {
  try {
    return globalThis[storage].getItem(key);
  } catch {
    return null;
  }
}

/** null forgets. */
export function remember(
  key: string,
  value: string | null,
  storage: Storage = "localStorage",
): void {
  try {
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, value);
  } catch {
    return;
  }
}

/** What was remembered as JSON; null: nothing, or not JSON. */
export function recallJson(key: string, storage: Storage = "localStorage"): unknown {
  try {
    return JSON.parse(recall(key, storage) ?? "null");
  } catch {
    return null;
  }
}

import { createSignal } from "solid-js";

const STORAGE_KEY = "touchstone.key";

/**
 * The key of a server that asks for one. It lives as long as the tab: closing it forgets the key, and no other page
 * of this browser sees it.
 */
const [accessKey, writeAccessKey] = createSignal(recallKey());

export { accessKey };

export function setAccessKey(key: string | null): void {
  writeAccessKey(key);
  try {
    if (key === null) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, key);
  } catch {
    return;
  }
}

function recallKey(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

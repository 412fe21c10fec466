import { type Draft, EMPTY_DRAFT } from "./example.ts";

const KEY = "touchstone.draft";

// The tab's own memory: a reload keeps the texts, and they go with the tab.

export function recallDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isDraft(kept) ? kept : structuredClone(EMPTY_DRAFT);
  } catch {
    return structuredClone(EMPTY_DRAFT);
  }
}

export function keepDraft(draft: Draft): void {
  try {
    if (isEmpty(draft)) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    return;
  }
}

export function isEmpty(draft: Draft): boolean {
  const { question, answer, contexts, groundTruth } = draft;
  return [question, answer, groundTruth, ...contexts].every((text) => text === "");
}

/** It may be of an older version of this page. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { question, answer, contexts, groundTruth } = value as Record<string, unknown>;
  return (
    [question, answer, groundTruth].every((text) => typeof text === "string") &&
    Array.isArray(contexts) &&
    contexts.length > 0 &&
    contexts.every((text) => typeof text === "string")
  );
}

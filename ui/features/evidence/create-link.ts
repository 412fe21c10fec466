import { createSignal } from "solid-js";

/**
 * Which claims are lit. Pointing lights them for as long as it lasts; choosing one (click, arrow keys) keeps it lit.
 * Claims and evidence read the same state, so the link works from either side.
 */
export interface EvidenceLink {
  chosen(): string | null;
  isLit(claimIds: readonly string[]): boolean;
  point(claimIds: readonly string[]): void;
  leave(): void;
  choose(claimId: string | null): void;
}

export function createEvidenceLink(): EvidenceLink {
  const [pointed, setPointed] = createSignal<readonly string[]>([]);
  const [chosen, setChosen] = createSignal<string | null>(null);
  function lit(): readonly string[] {
    if (pointed().length > 0) return pointed();
    const claimId = chosen();
    return claimId === null ? [] : [claimId];
  }
  return {
    chosen,
    isLit: (claimIds) => claimIds.some((id) => lit().includes(id)),
    point: setPointed,
    leave: () => setPointed([]),
    choose(claimId) {
      // A choice by key counts for more than a pointer that happens to rest somewhere.
      setPointed([]);
      setChosen(claimId);
    },
  };
}

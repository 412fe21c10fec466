/**
 * Brings the first sentence the claim rests on into view, where the passages stand beside the claims. Where they
 * stand below, the claim quotes its sentences itself and the page keeps still.
 */
export function showEvidenceOf(claimId: string): void {
  if (!matchMedia("(min-width: 64rem)").matches) return;
  evidenceOf(claimId)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

/** Moves the focus to the first sentence a claim rests on; false when there is none. */
export function goToEvidence(claimId: string | null): boolean {
  const mark = claimId === null ? null : evidenceOf(claimId);
  mark?.focus({ preventScroll: true });
  mark?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  return mark !== null;
}

export function goToClaim(claimId: string): void {
  const claim = claimOf(claimId);
  claim?.focus({ preventScroll: true });
  claim?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

/** Puts the focus there and leaves the page where it is. */
export function focusClaim(claimId: string): void {
  claimOf(claimId)?.focus({ preventScroll: true });
}

function claimOf(claimId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-claim="${CSS.escape(claimId)}"]`);
}

function evidenceOf(claimId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-evidence~="${CSS.escape(claimId)}"]`);
}

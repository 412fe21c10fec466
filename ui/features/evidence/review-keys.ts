import type { Opinion } from "../../../src/contract/review.ts";
import { isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";
import { type Reviews, toggle } from "./create-reviews.ts";

const OPINION_OF: Readonly<Record<string, Opinion>> = {
  y: "agree",
  n: "disagree",
  "?": "unsure",
  // What a Chinese input method makes of the key.
  "？": "unsure",
};

/** `y`, `n`, `?` for the current claim, with Shift for the whole sample, `u` to undo. */
export function listenForOpinions(given: {
  reviews: Reviews;
  current: () => string | null;
  /** After a word by key: on to the next claim. */
  onSaid: () => void;
  /** Back to what was taken back; null: the whole sample. */
  onUndone: (claimId: string | null) => void;
}): void {
  const { reviews } = given;
  // On the document, so it comes before the keys of the whole page, which listen on the window.
  listen(document, "keydown", (event) => {
    if (!reviews.areOpen() || !isLetterKey(event)) return;
    const key = keyOf(event);
    if (key === "u" && reviews.canUndo()) {
      event.preventDefault();
      given.onUndone(reviews.undo());
      return;
    }
    const isWhole = key === "Y" || key === "N";
    const opinion = OPINION_OF[isWhole ? key.toLowerCase() : key];
    const claimId = given.current();
    // Without a claim to speak of, the question mark opens the help as on every page.
    if (!opinion || (!isWhole && claimId === null)) return;
    event.preventDefault();
    toggle(reviews, isWhole ? null : claimId, opinion);
    if (!isWhole && reviews.mine(claimId)) given.onSaid();
  });
}

/** The letter, also while an input method holds the key back. */
export function keyOf(event: KeyboardEvent): string {
  if (event.key !== "Process") return event.key;
  const letter = event.code.replace(/^Key/, "");
  return event.shiftKey ? letter : letter.toLowerCase();
}

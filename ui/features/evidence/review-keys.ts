import type { Opinion } from "../../../src/contract/review.ts";
import { isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";
import { type Reviews, toggle } from "./create-reviews.ts";

const OPINION_OF: Readonly<Record<string, Opinion>> = {
  y: "agree",
  n: "disagree",
  s: "unsure",
};

/** `y`, `n`, `s` for the current claim, with Shift for the whole sample, `u` to undo, `p` for the next problem. */
export function listenForOpinions(given: {
  reviews: Reviews;
  current: () => string | null;
  /** After a word by key: on to the next claim. */
  onSaid: () => void;
  /** Back to what was taken back; null: the whole sample. */
  onUndone: (claimId: string | null) => void;
  onNextProblem: () => void;
}): void {
  const { reviews } = given;
  // On the document, so it comes before the keys of the whole page, which listen on the window.
  listen(document, "keydown", (event) => {
    if (!isLetterKey(event)) return;
    const key = keyOf(event);
    if (key === "p") {
      event.preventDefault();
      given.onNextProblem();
      return;
    }
    if (!reviews.areOpen()) return;
    if (key === "u" && reviews.canUndo()) {
      event.preventDefault();
      given.onUndone(reviews.undo());
      return;
    }
    const isWhole = key === "Y" || key === "N" || key === "S";
    const opinion = OPINION_OF[isWhole ? key.toLowerCase() : key];
    const claimId = given.current();
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

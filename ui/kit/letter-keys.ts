import { areLetterKeysOn } from "./preferences.ts";

/**
 * Whether a press is one of the page's own single keys. They can be switched off in the overview of keys: who speaks to
 * the browser, or strays on the keyboard, would set them off without meaning to.
 */
export function isLetterKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return areLetterKeysOn() && !isElsewhere(event.target);
}

/** In a field or a dialog a letter is a letter. */
export function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog]",
    ) !== null
  );
}

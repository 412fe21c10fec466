import type { VirtualItem } from "@tanstack/solid-virtual";

const kept = new Map<string, VirtualItem[]>();

/**
 * Heights of the cards that were drawn at this address: who comes back to it finds the list as tall as it was, so the
 * place the router scrolls to is the place that was left.
 */
export function keptHeights(address: string): VirtualItem[] {
  return kept.get(address) ?? [];
}

export function keepHeights(address: string, heights: VirtualItem[]): void {
  kept.set(address, heights);
}

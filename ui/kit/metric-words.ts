import { type QueryClient, useQuery, useQueryClient } from "@tanstack/solid-query";
import { createMemo, createRoot } from "solid-js";
import { unwrap } from "solid-js/store";
import type { MetricInfo } from "../../src/contract/service.ts";
import { language } from "./preferences.ts";
import { metricsQuery } from "./queries.ts";

export type Level = "bad" | "warn" | "fair" | "good";

export interface MetricWords {
  info(name: string): MetricInfo | undefined;
  /** All of the catalogue, in its order; empty until it is here. */
  names(): string[];
  /** Those that are scored when nobody chooses. */
  defaults(): string[];
  /** The catalogue's title in the chosen language; the plain name until it is here, or for a metric it lacks. */
  title(name: string): string;
  /** Where a value stands on the scale of the metric, 0..1 from left to right. */
  position(name: string, value: number): number;
  /** The same from its worst value, 0, to its best, 1. */
  goodness(name: string, value: number): number;
  level(name: string, value: number): Level;
}

const known = new WeakMap<QueryClient, MetricWords>();

/** What the catalogue says about metrics, in the reader's language. A list asks for each number it shows, so it is one. */
export function useMetricWords(): MetricWords {
  const client = useQueryClient();
  const found = known.get(client) ?? createRoot(() => createMetricWords(client), null);
  known.set(client, found);
  return found;
}

function createMetricWords(client: QueryClient): MetricWords {
  const catalogue = useQuery(metricsQuery, () => client);
  // Asked for several times a number: to look through the list in its store took longer than to draw the number.
  const byName = createMemo(() => {
    const metrics = catalogue.isSuccess ? unwrap(catalogue.data) : [];
    return new Map(metrics.map((metric) => [metric.name, metric]));
  });
  const info = (name: string) => byName().get(name);
  function position(name: string, value: number): number {
    const [low, high] = info(name)?.range ?? [0, 1];
    return Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  }
  function goodness(name: string, value: number): number {
    const at = position(name, value);
    return info(name)?.direction === "lower" ? 1 - at : at;
  }
  return {
    info,
    names: () => [...byName().keys()],
    defaults: () => [...byName().values()].flatMap((metric) => (metric.default ? metric.name : [])),
    title: (name) => info(name)?.title[language()] ?? plainName(name),
    position,
    goodness,
    level: (name, value) => levelOf(goodness(name, value)),
  };
}

function plainName(name: string): string {
  return name.replace(/^criterion:/, "").replaceAll("_", " ");
}

/** The same lines as the severities of the advice, so colour and advice never disagree. */
function levelOf(goodness: number): Level {
  if (goodness < 0.5) return "bad";
  if (goodness < 0.7) return "warn";
  return goodness < 0.85 ? "fair" : "good";
}

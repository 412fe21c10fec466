import type { Report } from "../../contract.ts";
import type { PeopleReport } from "../../contract-insight.ts";
import { formatInterval, formatScore } from "./format-number.ts";
import { metricLabel } from "./labels.ts";
import { WORDS } from "./words/by-language.ts";

/** What people said of a run's judge, and means as they would have judged them beside the raw ones; Markdown. */
export function peopleLines(report: Report, people: PeopleReport): string[] {
  const { language } = report;
  const words = WORDS[language];
  const agreements = (["claims", "samples"] as const).flatMap((of) => {
    const { n, rate, interval, kappa } = people[of];
    if (n === 0 || rate === null) return [];
    const facts = {
      n,
      rate: words.percent(Math.round(rate * 100)),
      interval: interval ? formatInterval(interval) : null,
      kappa: kappa === null ? null : formatScore(kappa),
    };
    return [`- ${words.people[of](facts)}`];
  });
  const corrected = Object.entries(people.corrected).map(
    ([metric, { raw, mean, interval, labels }]) =>
      `- ${metricLabel(metric, language)}${words.colon}${words.people.corrected({
        raw: formatScore(raw),
        mean: formatScore(mean),
        interval: formatInterval(interval),
        labels,
      })}`,
  );
  const lines = [...agreements, ...corrected];
  return lines.length === 0 ? [] : [`# ${words.people.heading}`, "", ...lines];
}

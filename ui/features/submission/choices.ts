import { mergeProps } from "solid-js";
import { createStore, type SetStoreFunction } from "solid-js/store";
import type { JudgeChoice } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { useMetricWords } from "../../kit/metric-words.ts";

/** How a submission is scored and called, whichever way it comes. */
export interface Choices {
  /** Names of metrics; criteria of the project as `criterion:<name>`. */
  metrics: readonly string[];
  name: string;
  /** `env=prod, team=search` */
  tags: string;
  /** null: as the server is set. */
  judge: JudgeChoice | null;
}

/** null: the default metrics of the server. */
type OwnChoices = Omit<Choices, "metrics"> & { metrics: Choices["metrics"] | null };

/** The choices of a form, which starts with the defaults. */
export function createChoices(name: string): [Choices, SetStoreFunction<OwnChoices>] {
  const words = useMetricWords();
  const [own, setOwn] = createStore<OwnChoices>({ metrics: null, name, tags: "", judge: null });
  const choices = mergeProps(own, {
    get metrics() {
      return own.metrics ?? words.defaults();
    },
  });
  return [choices, setOwn];
}

const MOST_TAGS = 16;
const TAG_CHARACTERS = 64;

/** Tags as they are written here, or null when that is no list of tags. */
export function readTagText(text: string): Record<string, string> | null {
  const parts = text.split(/[,，;；]/).filter((part) => part.trim() !== "");
  const pairs = parts.map((part) => {
    const at = part.search(/[=＝]/);
    return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const;
  });
  const isFine = pairs.every((pair) =>
    pair.every((side) => side !== "" && side.length <= TAG_CHARACTERS),
  );
  return isFine && pairs.length <= MOST_TAGS ? Object.fromEntries(pairs) : null;
}

export interface ChoiceProblems {
  metrics?: string;
  tags?: string;
}

export function checkChoices(choices: Choices): ChoiceProblems {
  const problems: ChoiceProblems = {};
  if (choices.metrics.length === 0) problems.metrics = t().submission.noMetric;
  if (readTagText(choices.tags) === null) problems.tags = t().submission.tagsWrong;
  return problems;
}

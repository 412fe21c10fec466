import { deepeval } from "./deepeval.ts";
import { difyAnnotations } from "./dify-annotations.ts";
import type { Format, RowFormat } from "./format.ts";
import { giskard } from "./giskard.ts";
import { huggingface } from "./huggingface.ts";
import { langfuse } from "./langfuse.ts";
import { langsmith, langsmithDataset } from "./langsmith.ts";
import { mlflow } from "./mlflow.ts";
import { openaiEvals } from "./openai-evals.ts";
import { opik } from "./opik.ts";
import { phoenix } from "./phoenix.ts";
import { phoenixDataset } from "./phoenix-dataset.ts";
import { promptfoo } from "./promptfoo.ts";
import { ragas } from "./ragas.ts";
import { ragchecker } from "./ragchecker.ts";
import { trulens } from "./trulens.ts";

/** In the order in which they are tried: what has names of its own comes before what shares them. */
export const FORMATS: readonly Format[] = [
  openaiEvals,
  promptfoo,
  ragas,
  ragchecker,
  trulens,
  difyAnnotations,
  giskard,
  deepeval,
  mlflow,
  langsmith,
  langsmithDataset,
  opik,
  phoenixDataset,
  phoenix,
  langfuse,
  huggingface,
];

export function formatOf(id: RowFormat): Format | null {
  return FORMATS.find((format) => format.id === id) ?? null;
}

import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { CopyLine } from "./copy-line.tsx";

/** Node names as Dify gives them; they are picked anew in the editor when yours differ. */
const FIELDS = [
  ["question", "{{#sys.query#}}"],
  ["answer", "{{#llm.text#}}"],
  // An empty retrieval then arrives as `[]` and not as nothing; with results the server reads on after the brackets.
  ["contexts", "[]{{#knowledge_retrieval.result#}}"],
] as const;

/** The settings of Dify's HTTP Request node. A form body, because Dify does not escape what it puts into JSON. */
export function DifyRecipe() {
  return (
    <dl class="grid grid-cols-1 gap-3 text-sm">
      <CopyLine
        name={t().connect.method}
        value={`${location.origin}/api/score/async`}
        before="POST"
      />
      <CopyLine name={t().connect.authorization} value="Authorization: Bearer <key>" isPlain />
      <CopyLine
        name={t().connect.header}
        before="Idempotency-Key"
        value="{{#sys.workflow_run_id#}}"
      />
      <div>
        <dt class="text-faint">{t().connect.body}</dt>
        <dd class="mt-1">
          <dl class="grid grid-cols-1 gap-1.5">
            <For each={FIELDS}>
              {([name, value]) => <CopyLine name={name} value={value} inRow />}
            </For>
          </dl>
        </dd>
      </div>
    </dl>
  );
}

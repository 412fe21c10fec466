import { createSignal, For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Labelled } from "../../kit/fields.tsx";
import { Icon } from "../../kit/icon.tsx";
import { saveFile } from "../../kit/save-file.ts";
import { sayWhy } from "../../kit/say-why.ts";
import { Select } from "../../kit/select.tsx";
import { announce } from "../../kit/toasts.tsx";

// Fetched when asked for; each is the very file of examples/dify.
const APPS = {
  chatflow: () => import("../../../examples/dify/rag-scoring-chatflow.yml?raw"),
  workflow: () => import("../../../examples/dify/rag-scoring-workflow.yml?raw"),
  gate: () => import("../../../examples/dify/rag-gate-workflow.yml?raw"),
} as const;
const NAMES = ["chatflow", "workflow", "gate"] as const;

/** What stands in the files where the reader's own address belongs. */
const PLACEHOLDER = "https://example.workers.dev";

/** Of the DSL, as the files have it; nothing but the number differs. */
type Version = "0.7.0" | "0.6.0";

/** Dify apps to import, with this server's address filled in. */
export function ExampleApps() {
  const words = () => t().connect;
  const [version, setVersion] = createSignal<Version>("0.7.0");
  async function save(name: (typeof NAMES)[number]): Promise<void> {
    try {
      const { default: text } = await APPS[name]();
      const own = text
        .replace(/^version: .*$/m, `version: ${version()}`)
        .replaceAll(PLACEHOLDER, location.origin);
      saveFile(`touchstone-${name}.yml`, own, "application/yaml;charset=utf-8");
    } catch (error) {
      announce(sayWhy(error));
    }
  }
  return (
    <>
      <Labelled for="dify-version" label={words().difyVersion}>
        <Select
          id="dify-version"
          chosen={version()}
          options={[
            ["0.7.0", words().difyFrom116],
            ["0.6.0", words().difyTo115],
          ]}
          onChoose={setVersion}
        />
      </Labelled>
      <ul class="mt-3 grid grid-cols-1 gap-2">
        <For each={NAMES}>
          {(name) => (
            <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span class="min-w-0 flex-1 basis-48 text-sm">{t().connect.apps[name]}</span>
              <button
                type="button"
                class="button"
                aria-label={`${t().connect.download}: ${t().connect.apps[name]}`}
                onClick={() => save(name)}
              >
                <Icon name="download" />
                {t().connect.download}
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}

import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { ApiError } from "../../kit/api.ts";
import { sayWhy } from "../../kit/say-why.ts";

/** Why the server did not take it, field by field when it says so. */
export function RefusalList(props: { error: unknown }) {
  const problem = () => (props.error instanceof ApiError ? props.error.problem : null);
  return (
    <div role="alert" class="rounded-field bg-bad-wash px-4 py-3 text-bad">
      <p class="font-medium break-words">{sayWhy(props.error)}</p>
      <ul class="mt-1 list-disc pl-5 text-sm">
        <For each={problem()?.errors ?? []}>
          {(field) => (
            <li class="break-words">
              <code>{field.pointer}</code> {field.detail}
            </li>
          )}
        </For>
      </ul>
      <Show when={problem()}>
        {(known) => (
          <p class="mt-1 text-xs">
            {t().error.requestId}: {known().request_id}
          </p>
        )}
      </Show>
    </div>
  );
}

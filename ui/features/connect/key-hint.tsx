import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { healthQuery } from "../../kit/queries.ts";

const LOCAL = /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/;

/** Whether this server asks for a key, and whether a Dify elsewhere can reach it at all. */
export function KeyHint() {
  const health = useQuery(healthQuery);
  const access = () => (health.isSuccess ? health.data.access : null);
  return (
    <div class="mt-6 grid grid-cols-1 gap-2 text-sm">
      <Show when={access() === "keys"}>
        <p class="flex gap-2 rounded-field bg-info-wash px-4 py-2.5">
          <Icon name="question" class="mt-0.5 text-info" />
          <span class="min-w-0">
            {t().connect.keyWanted}{" "}
            <a class="link" href="/settings#keys">
              {t().connect.keyMake}
            </a>
          </span>
        </p>
      </Show>
      <Show when={access() === "open"}>
        <p class="flex gap-2 rounded-field bg-info-wash px-4 py-2.5">
          <Icon name="question" class="mt-0.5 text-info" />
          <span class="min-w-0">{t().connect.keyNotWanted}</span>
        </p>
      </Show>
      <Show when={LOCAL.test(location.hostname)}>
        <p class="flex gap-2 rounded-field bg-warn-wash px-4 py-2.5">
          <Icon name="warning" class="mt-0.5 text-warn" />
          <span class="min-w-0 break-words">{t().connect.localAddress(location.origin)}</span>
        </p>
      </Show>
    </div>
  );
}

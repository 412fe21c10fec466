import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import { t } from "../i18n/translate.ts";
import { setIsSignedIn } from "./access.ts";
import { ApiError, request } from "./api.ts";

/** Asks for the key of a server that wants one, then loads what was refused. */
export default function KeyForm() {
  const queryClient = useQueryClient();
  const [key, setKey] = createSignal("");
  const attempt = useMutation(() => ({
    // Trades the key for a cookie that scripts cannot read.
    mutationFn: (key: string) => request("POST /api/session", { body: { key } }),
    onSuccess: () => {
      setIsSignedIn(true);
      return queryClient.resetQueries();
    },
  }));
  const why = (error: Error) => {
    if (!(error instanceof ApiError) || error.status === null) return t().error.network;
    return error.status === 401 ? t().error.keyWrong : error.message;
  };
  function send(event: SubmitEvent): void {
    event.preventDefault();
    if (key().trim()) attempt.mutate(key().trim());
  }
  return (
    <form class="card max-w-md p-6" onSubmit={send}>
      <h2 class="text-lg font-semibold">{t().error.keyTitle}</h2>
      <p class="mt-2 text-soft">{t().error.keyText}</p>
      <label class="mt-4 block text-sm font-medium" for="access-key">
        {t().error.key}
      </label>
      <input
        id="access-key"
        class="field mt-1 font-mono"
        type="password"
        autocomplete="current-password"
        value={key()}
        onInput={(event) => setKey(event.currentTarget.value)}
        aria-invalid={attempt.isError}
        aria-describedby={attempt.isError ? "access-key-wrong" : undefined}
      />
      <Show when={attempt.isError && attempt.error}>
        {(error) => (
          <p id="access-key-wrong" role="alert" class="mt-1 text-sm text-bad">
            {why(error())}
          </p>
        )}
      </Show>
      <button type="submit" class="button button-primary mt-4" disabled={attempt.isPending}>
        {t().error.keySave}
      </button>
    </form>
  );
}

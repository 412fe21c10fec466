import { useQueryClient } from "@tanstack/solid-query";
import { Show } from "solid-js";
import { t } from "../i18n/translate.ts";
import { isSignedIn, setIsSignedIn } from "../kit/access.ts";
import { signOut } from "../kit/api.ts";
import { announce } from "../kit/toasts.tsx";

/** Ends the sign-in on the server too, so the cookie is worth nothing afterwards. */
export function SignOut() {
  const queryClient = useQueryClient();
  async function leave(): Promise<void> {
    try {
      await signOut();
      setIsSignedIn(false);
      await queryClient.resetQueries();
    } catch (error) {
      announce(error instanceof Error ? error.message : t().error.unreadable);
    }
  }
  return (
    <Show when={isSignedIn()}>
      <button
        type="button"
        class="rounded-field px-3 py-1.5 text-xs whitespace-nowrap text-stone-soft hover:text-stone-ink"
        onClick={leave}
      >
        {t().app.signOut}
      </button>
    </Show>
  );
}

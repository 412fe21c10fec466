import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/solid-query";
import { t } from "../i18n/translate.ts";
import { sayWhy } from "./say-why.ts";
import { announce } from "./toasts.tsx";

export type Saving<T, R = unknown> = UseMutationResult<R, Error, T>;

/** Sends a change, says that it is done, and reads anew what it may have altered; the log always is. */
export function useSaving<T, R>(
  run: (wish: T) => Promise<R>,
  options: {
    alters: readonly string[];
    done?: (wish: T) => string;
    /** Takes back what was done; offered for as long as it is said. */
    onUndo?: (wish: T) => void;
    onDone?: (result: R) => void;
    /** A refusal is said in passing too, where no form stands that could say it. */
    isSaid?: boolean;
    /** The answer must not be kept. */
    isSecret?: boolean;
  },
): Saving<T, R> {
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: run,
    ...(options.isSecret ? { gcTime: 0 } : {}),
    onError: (error: Error) => {
      if (options.isSaid) announce(sayWhy(error));
    },
    onSuccess: (result: R, wish: T) => {
      const { done, onUndo } = options;
      const offer = onUndo ? { label: t().app.undo, onTake: () => onUndo(wish) } : null;
      if (done) announce(done(wish), offer);
      options.onDone?.(result);
      return Promise.all(
        [...options.alters, "audit"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  }));
}

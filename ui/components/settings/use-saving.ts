import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/solid-query";
import { announce } from "../toasts.tsx";

export type Saving<T, R = unknown> = UseMutationResult<R, Error, T>;

/** Sends a change, says that it is done, and reads anew what it may have altered; the log always is. */
export function useSaving<T, R>(
  run: (wish: T) => Promise<R>,
  options: {
    alters: readonly string[];
    done?: () => string;
    onDone?: (result: R) => void;
    /** The answer must not be kept. */
    isSecret?: boolean;
  },
): Saving<T, R> {
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: run,
    ...(options.isSecret ? { gcTime: 0 } : {}),
    onSuccess: (result: R) => {
      if (options.done) announce(options.done());
      options.onDone?.(result);
      return Promise.all(
        [...options.alters, "audit"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  }));
}

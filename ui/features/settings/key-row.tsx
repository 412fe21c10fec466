import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, lazy, onMount, Show, Suspense } from "solid-js";
import type { KeyInfo } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS } from "../../kit/access-limits.ts";
import { formatAgo, formatDateTime } from "../../kit/format.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";
import { type ProjectChoice, renameKey, revokeKey } from "./settings-api.ts";

const ConfirmDialog = lazy(() => import("../../kit/confirm-dialog.tsx"));

export function KeyRow(props: { info: KeyInfo; project: ProjectChoice }) {
  const queryClient = useQueryClient();
  const [doing, setDoing] = createSignal<"rename" | "revoke" | null>(null);
  const act = useMutation(() => ({
    mutationFn: ({ run }: { run: () => Promise<void>; done: string }) => run(),
    onSuccess: (_, { done }) => announce(done),
    onError: (error) => announce(sayWhy(error)),
    onSettled: () => {
      setDoing(null);
      return Promise.all(
        ["keys", "audit"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      );
    },
  }));
  const rename = (name: string) =>
    act.mutate({
      run: () => renameKey(props.project, props.info.key_id, name),
      done: t().settings.renamed,
    });
  function revoke(): void {
    setDoing(null);
    act.mutate({
      run: () => revokeKey(props.project, props.info.key_id),
      done: t().settings.revoked,
    });
  }
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div class="min-w-0 flex-1 basis-72">
        <Show
          when={doing() === "rename"}
          fallback={
            <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span class="font-medium break-words">{props.info.name}</span>
              <span class="rounded-full bg-raised px-2 py-0.5 text-xs text-soft">
                {t().settings.roles[props.info.role]}
              </span>
              <KeyState info={props.info} />
            </p>
          }
        >
          <RenameForm
            name={props.info.name}
            isBusy={act.isPending}
            onSave={rename}
            onCancel={() => setDoing(null)}
          />
        </Show>
        <p class="mt-1 flex flex-wrap gap-x-3 text-sm text-faint">
          <span class="font-mono">{props.info.prefix}…</span>
          <KeyTimes info={props.info} />
        </p>
      </div>
      <Show when={stateOf(props.info) !== "revoked" && doing() !== "rename"}>
        <div class="flex gap-1">
          <button
            type="button"
            class="button button-quiet"
            aria-label={`${t().settings.rename}: ${props.info.name}`}
            onClick={() => setDoing("rename")}
          >
            {t().settings.rename}
          </button>
          <button
            type="button"
            class="button button-quiet text-bad"
            aria-label={`${t().settings.revoke}: ${props.info.name}`}
            disabled={act.isPending}
            onClick={() => setDoing("revoke")}
          >
            {t().settings.revoke}
          </button>
        </div>
      </Show>
      <Show when={doing() === "revoke"}>
        <Suspense>
          <ConfirmDialog
            title={t().settings.revokeTitle(props.info.name)}
            text={t().settings.revokeText}
            confirm={t().settings.revoke}
            dismiss={t().settings.cancel}
            onConfirm={revoke}
            onDismiss={() => setDoing(null)}
          />
        </Suspense>
      </Show>
    </li>
  );
}

function KeyTimes(props: { info: KeyInfo }) {
  return (
    <>
      <span>
        {t().settings.created(formatDateTime(props.info.created_at), props.info.created_by)}
      </span>
      <span>
        {props.info.last_used_at === null
          ? t().settings.neverUsed
          : t().settings.lastUsed(formatAgo(props.info.last_used_at, Date.now()))}
      </span>
      <Show when={props.info.revoked_at === null && props.info.expires_at}>
        {(until) => <span>{t().settings.expiresAt(formatDateTime(until()))}</span>}
      </Show>
      <Show when={props.info.revoked_at}>
        {(at) => <span>{t().settings.revokedAt(formatDateTime(at()))}</span>}
      </Show>
    </>
  );
}

type State = "active" | "expired" | "revoked";

const LOOKS: Record<State, { icon: IconName; class: string }> = {
  active: { icon: "check", class: "bg-good-wash text-good" },
  expired: { icon: "clock", class: "bg-warn-wash text-warn" },
  revoked: { icon: "cross", class: "bg-bad-wash text-bad" },
};

function KeyState(props: { info: KeyInfo }) {
  const state = () => stateOf(props.info);
  return (
    <span
      class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium ${LOOKS[state()].class}`}
    >
      <Icon name={LOOKS[state()].icon} class="size-3.5" />
      {t().settings.states[state()]}
    </span>
  );
}

function stateOf(info: KeyInfo): State {
  if (info.revoked_at !== null) return "revoked";
  return info.expires_at !== null && Date.parse(info.expires_at) <= Date.now()
    ? "expired"
    : "active";
}

function RenameForm(props: {
  name: string;
  isBusy: boolean;
  onSave: (name: string) => void;
  onCancel: () => void;
}) {
  let field: HTMLInputElement | undefined;
  const [name, setName] = createSignal(props.name);
  onMount(() => field?.select());
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (name().trim()) props.onSave(name().trim());
  }
  return (
    <form
      class="flex flex-wrap items-center gap-2"
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && props.onCancel()}
    >
      <input
        ref={field}
        class="field w-auto min-w-0 flex-1 basis-40"
        aria-label={t().settings.keyName}
        required
        maxlength={KEY_NAME_CHARACTERS}
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="button button-primary" disabled={props.isBusy}>
        {t().settings.save}
      </button>
      <button type="button" class="button" onClick={() => props.onCancel()}>
        {t().settings.cancel}
      </button>
    </form>
  );
}

import { createSignal, onMount, Show } from "solid-js";
import type { KeyInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS } from "../../kit/access-limits.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { formatAgo, formatDateTime } from "../../kit/format.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { Row } from "./parts.tsx";
import { type ProjectChoice, renameKey, revokeKey } from "./settings-api.ts";

export function KeyRow(props: { info: KeyInfo; project: ProjectChoice }) {
  const [isRenaming, setIsRenaming] = createSignal(false);
  const state = () => stateOf(props.info);
  const rename = useSaving((name: string) => renameKey(props.project, props.info.key_id, name), {
    alters: ["keys"],
    done: () => t().settings.renamed,
    onDone: () => setIsRenaming(false),
    isSaid: true,
  });
  const revoke = useSaving(() => revokeKey(props.project, props.info.key_id), {
    alters: ["keys"],
    done: () => t().settings.revoked,
    isSaid: true,
  });
  return (
    <Row
      actions={
        <Show when={state() !== "revoked" && !isRenaming()}>
          <div class="flex gap-1">
            <button
              type="button"
              class="button button-quiet"
              aria-label={`${t().settings.rename}: ${props.info.name}`}
              onClick={() => setIsRenaming(true)}
            >
              {t().settings.rename}
            </button>
            <ConfirmButton
              label={t().settings.revoke}
              name={props.info.name}
              title={t().settings.revokeTitle(props.info.name)}
              text={t().settings.revokeText}
              isBusy={revoke.isPending}
              onConfirm={() => revoke.mutate(undefined)}
            />
          </div>
        </Show>
      }
    >
      <Show
        when={isRenaming()}
        fallback={
          <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span class="font-medium break-words">{props.info.name}</span>
            <span class="rounded-full bg-raised px-2 py-0.5 text-xs text-soft">
              {t().settings.roles[props.info.role]}
            </span>
            <Badge look={LOOKS[state()]}>{t().settings.states[state()]}</Badge>
          </p>
        }
      >
        <RenameForm
          name={props.info.name}
          isBusy={rename.isPending}
          onSave={rename.mutate}
          onCancel={() => setIsRenaming(false)}
        />
      </Show>
      <p class="mt-1 flex flex-wrap gap-x-3 text-sm text-faint">
        <span class="font-mono">{props.info.prefix}…</span>
        <KeyTimes info={props.info} />
      </p>
    </Row>
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

const LOOKS: Record<State, Look> = {
  active: ["check", "good"],
  expired: ["clock", "warn"],
  revoked: ["cross", "bad"],
};

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
        {t().app.cancel}
      </button>
    </form>
  );
}

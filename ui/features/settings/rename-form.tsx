import { createSignal, onMount } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS } from "../../kit/access-limits.ts";

export function RenameForm(props: {
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

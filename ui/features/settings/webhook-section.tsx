import { createSignal, Show } from "solid-js";
import type { SessionInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { CopyBlock } from "../../kit/copy-button.tsx";
import { TextLine } from "../../kit/fields.tsx";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { Section, SettingsForm } from "./parts.tsx";
import { type ProjectChoice, testWebhook } from "./settings-api.ts";

/** Whether this server signs webhooks, and a try at a receiver. */
export function WebhookSection(props: { session: SessionInfo; project: ProjectChoice }) {
  const [url, setUrl] = createSignal("");
  const test = useSaving((to: string) => testWebhook(props.project, to), { alters: [] });
  const result = () => (test.isSuccess ? test.data : null);
  return (
    <Section id="webhooks" title={t().settings.webhooks} text={t().settings.webhooksText}>
      <Show when={props.session.can_sign_webhooks} fallback={<MissingSecret />}>
        <p class="mt-3 flex items-center gap-2 text-sm text-good">
          <Icon name="check" />
          {t().settings.webhooksSigned}
        </p>
      </Show>
      <SettingsForm
        submit={t().settings.webhookTest}
        saving={test}
        isReady={url().trim() !== "" && props.session.can_sign_webhooks}
        onSubmit={() => test.mutate(url().trim())}
        columns="sm:grid-cols-[minmax(0,1fr)_auto]"
      >
        <TextLine
          id="webhook-url"
          label={t().settings.webhookUrl}
          class="field font-mono text-sm"
          type="url"
          required
          maxlength={2000}
          placeholder="https://hooks.example.com/touchstone"
          disabled={!props.session.can_sign_webhooks}
          value={url()}
          onText={setUrl}
        />
      </SettingsForm>
      <p role="status" class="mt-2 text-sm break-words">
        <Show when={!test.isPending && result()}>
          {(answer) => (
            <span classList={{ "text-good": answer().delivered, "text-bad": !answer().delivered }}>
              {answer().delivered
                ? t().settings.webhookDelivered(
                    String(answer().status ?? ""),
                    formatCount(answer().ms),
                  )
                : t().settings.webhookFailed(answer().error ?? "")}
            </span>
          )}
        </Show>
      </p>
    </Section>
  );
}

function MissingSecret() {
  // Made here and sent nowhere, as the key of an open server is.
  const line = `WEBHOOK_SECRET=whsec_${createSecret()}`;
  return (
    <div class="mt-3 text-sm">
      <p class="flex gap-2 text-warn">
        <Icon name="warning" class="mt-0.5" />
        {t().settings.webhooksUnsigned}
      </p>
      <CopyBlock text={line} name="WEBHOOK_SECRET" />
    </div>
  );
}

function createSecret(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
}

import { t } from "../../i18n/translate.ts";
import { CopyBlock } from "../../kit/copy-button.tsx";
import { Icon } from "../../kit/icon.tsx";

const SECRET_COMMAND = "npx wrangler secret put ADMIN_KEY";

/** What an open server means, and the way to close it. */
export function OpenNotice() {
  // Made here and sent nowhere; a made-up example would end up as somebody's key.
  const lines = `ACCESS_MODE=keys\nADMIN_KEY=${createSecret()}`;
  return (
    <section class="card border-l-4 border-l-warn p-5 sm:p-6" aria-labelledby="open-notice">
      <h2 id="open-notice" class="flex items-center gap-2 text-lg font-semibold">
        <Icon name="warning" class="text-warn" />
        {t().settings.openTitle}
      </h2>
      <p class="mt-1 max-w-[65ch] text-soft">{t().settings.openText}</p>
      <details class="mt-4">
        <summary class="font-medium">{t().settings.closeTitle}</summary>
        <p class="mt-3 text-sm text-soft">{t().settings.closeLocal}</p>
        <CopyBlock text={lines} name=".dev.vars" />
        <p class="mt-4 text-sm text-soft">{t().settings.closeDeployed}</p>
        <CopyBlock text={SECRET_COMMAND} name="wrangler" />
      </details>
    </section>
  );
}

function createSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import type { KeyInfo } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";

type State = "active" | "expired" | "revoked";

const LOOKS: Record<State, { icon: IconName; class: string }> = {
  active: { icon: "check", class: "bg-good-wash text-good" },
  expired: { icon: "clock", class: "bg-warn-wash text-warn" },
  revoked: { icon: "cross", class: "bg-bad-wash text-bad" },
};

export function KeyState(props: { info: KeyInfo }) {
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

export function stateOf(info: KeyInfo): State {
  if (info.revoked_at !== null) return "revoked";
  return info.expires_at !== null && Date.parse(info.expires_at) <= Date.now()
    ? "expired"
    : "active";
}

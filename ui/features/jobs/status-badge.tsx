import type { JobStatus } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";

const LOOKS: Record<JobStatus, { icon: IconName; class: string }> = {
  queued: { icon: "clock", class: "bg-raised text-soft" },
  running: { icon: "running", class: "bg-info-wash text-info" },
  completed: { icon: "check", class: "bg-good-wash text-good" },
  failed: { icon: "cross", class: "bg-bad-wash text-bad" },
  cancelled: { icon: "stop", class: "bg-raised text-soft" },
};

export function StatusBadge(props: { status: JobStatus }) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium ${LOOKS[props.status].class}`}
    >
      <Icon
        name={LOOKS[props.status].icon}
        class={`size-3.5 ${props.status === "running" ? "animate-spin" : ""}`}
      />
      {t().status[props.status]}
    </span>
  );
}

import type { JSX } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

const TONES = {
  good: "bg-good-wash text-good",
  bad: "bg-bad-wash text-bad",
  warn: "bg-warn-wash text-warn",
  info: "bg-info-wash text-info",
  plain: "bg-raised text-soft",
} as const;

export type Look = readonly [icon: IconName, tone: keyof typeof TONES];

/** A state in a word, an icon and a colour; each says it alone. */
export function Badge(props: {
  look: Look;
  isTurning?: boolean;
  title?: string;
  children: JSX.Element;
}) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[props.look[1]]}`}
      title={props.title}
    >
      <Icon name={props.look[0]} class={`size-3.5 ${props.isTurning ? "animate-spin" : ""}`} />
      {props.children}
    </span>
  );
}

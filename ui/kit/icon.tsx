import type { JSX } from "solid-js";

/** Drawn on a 16 × 16 grid with one stroke, so they sit with text. The words beside them carry the meaning. */
const PATHS = {
  jobs: "M2.5 3.5h11M2.5 8h11M2.5 12.5h7",
  runs: "M2.5 13.5v-5M6.2 13.5v-8M9.8 13.5v-4M13.5 13.5v-11",
  submit: "M8 2.5v11M2.5 8h11",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.2v1.5M8 13.3v1.5M1.2 8h1.5M13.3 8h1.5M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1",
  moon: "M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6 5.8 5.8 0 1 0 13.4 9.6",
  system: "M2 3h12v8H2zM5.5 13.8h5",
  check: "M3 8.6 6.4 12 13 4.6",
  cross: "M4 4l8 8M12 4l-8 8",
  dash: "M3.5 8h9",
  question: "M5.7 6a2.3 2.3 0 1 1 3.4 2c-.8.4-1.1.8-1.1 1.6M8 12.3v.1",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8V8l2.2 1.6",
  running: "M8 2a6 6 0 1 1-5.6 3.8",
  stop: "M4 4h8v8H4z",
  warning: "M8 2.4 14.2 13H1.8zM8 6.4v3M8 11.2v.1",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6M13 2.4v2.8h-2.8",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.4 3.4",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  download: "M8 2.5v8M4.6 7.3 8 10.7l3.4-3.4M3 13.5h10",
  print:
    "M4.5 6V2.5h7V6M4.5 11.5H3A1 1 0 0 1 2 10.5V7a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1h-1.5M4.5 9.5h7v4h-7z",
  link: "M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8",
  settings:
    "M2.5 4.5h4M10.5 4.5h3M8.5 2.6a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8M2.5 11.5h2M8.5 11.5h5M6.5 9.6a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8",
  bell: "M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.6H2.8zM6.6 14.4h2.8",
  right: "M6 3.5 10.5 8 6 12.5",
  left: "M10 3.5 5.5 8 10 12.5",
  down: "M3.5 6 8 10.5 12.5 6",
  flask: "M6 2.5h4M6.8 2.5v4L3.3 12.4a.8.8 0 0 0 .7 1.1h8a.8.8 0 0 0 .7-1.1L9.2 6.5v-4M5.2 9.5h5.6",
  trash: "M2.8 4.5h10.4M6.2 4.5V2.8h3.6v1.7M4.2 4.5l.6 9h6.4l.6-9",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon(props: { name: IconName; class?: string }): JSX.Element {
  return (
    <svg
      class={`size-4 shrink-0 ${props.class ?? ""}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}

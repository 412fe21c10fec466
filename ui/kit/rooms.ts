import type { IconName } from "./icon.tsx";

/** The pages one goes to from anywhere, in the order of the navigation. */
export const ROOMS = [
  { room: "jobs", href: "/", icon: "jobs" },
  { room: "runs", href: "/runs", icon: "runs" },
  { room: "review", href: "/review", icon: "check" },
  { room: "testSets", href: "/test-sets", icon: "flask" },
  { room: "submit", href: "/submit", icon: "submit" },
  { room: "connect", href: "/connect", icon: "link" },
  { room: "notifications", href: "/notifications", icon: "bell" },
  { room: "settings", href: "/settings", icon: "settings" },
] as const satisfies readonly { room: string; href: string; icon: IconName }[];

export type Room = (typeof ROOMS)[number]["room"];

/** What the dashboard says with every request: a page of another site cannot set it without asking, and is never allowed. */
export const OWN_PAGE_HEADER = { name: "X-Requested-With", value: "touchstone" } as const;

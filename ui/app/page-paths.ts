/** Every page of the dashboard. The server gives them the same HTML; every other path is no page and gets 404. */
export const PAGE_PATHS = [
  "/",
  "/jobs/:id",
  "/runs",
  "/runs/:id",
  "/compare",
  "/review",
  "/test-sets",
  "/test-sets/:id",
  "/experiments/:id",
  "/submit",
  "/connect",
  "/notifications",
  "/settings",
  "/settings/:part",
] as const;

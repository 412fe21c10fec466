/** What a warning of the server means, by its code; without an entry its own words are shown, which are English. */
export const warnings: {
  known: Readonly<Record<string, { message: string; fix: string }>>;
  original: string;
} = {
  known: {},
  original: "In the server's words",
};

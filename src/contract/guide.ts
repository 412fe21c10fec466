/** What the search of the guide looks through and shows: one heading of a page, and the text below it. */
export interface Found {
  /** Name of its page. */
  page: string;
  heading: string;
  body: string;
  address: string;
}

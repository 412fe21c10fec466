/** Steps a quadratic comparison may take: about a second of work. Beyond it the metric fails with `budget`. */
export const CELL_BUDGET = 3e9;
/** The same for characters a search may walk over. */
export const SEARCH_BUDGET = 5e8;

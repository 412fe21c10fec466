/** Sets of columns remembered; the rows of an upload have a few. */
const MOST_SETS = 200;
const LONGEST_KEY = 8000;

/** Remembers what was found out about a list of names, for the next row has the same. */
export function rememberByNames<Found>(find: (names: readonly string[]) => Found) {
  const known = new Map<string, Found>();
  return (names: readonly string[]): Found => {
    const key = names.join("\u0000");
    if (key.length > LONGEST_KEY) return find(names);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(names);
    if (known.size >= MOST_SETS) known.clear();
    known.set(key, found);
    return found;
  };
}

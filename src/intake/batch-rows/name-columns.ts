/**
 * The names of the columns. A name that comes twice gets a number, so that no column stands in for another; the
 * second is then named as a field nobody reads.
 */
export function nameColumns(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell) => {
    const name = cell.trim();
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
    taken.add(unique);
    return unique;
  });
}

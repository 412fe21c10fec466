/** A list of columns with the table before each, for a query in which another table has some of the same names. */
export function qualify(table: string, columns: string): string {
  return columns.replaceAll(/\w+/g, `${table}.$&`);
}

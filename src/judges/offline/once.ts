/** Makes the value when it is first asked for, and keeps it: tables cost no start-up time of isolates that never judge. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

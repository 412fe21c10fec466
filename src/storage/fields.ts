import type { SqlValue } from "./sql.ts";

// What a table is said in: each value of a record, and the columns it lies in.

interface Column {
  name: string;
  type: "TEXT" | "INTEGER" | "REAL";
  isNullable: boolean;
  /** What the table fills in. */
  initial?: SqlValue;
}

/** A value of a record and how it lies in the table: in one column, or in some that are filled together. */
export interface Field<T> {
  columns(name: string): readonly Column[];
  encode(value: T): readonly SqlValue[];
  decode(stored: readonly unknown[]): T;
}

/** A field that has a value before anybody gives it one. */
export interface InitialField<T> extends Field<T> {
  readonly initial: T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What code has in its hands: a row with its names and types. */
export type RecordOf<F extends Fields> = {
  -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

export type InitialKey<F extends Fields> = {
  [K in keyof F]: F[K] extends { initial: unknown } ? K : never;
}[keyof F];

/** What a new row must be given; the rest may be left out. */
export type NewOf<F extends Fields> = Omit<RecordOf<F>, InitialKey<F>> &
  Partial<Pick<RecordOf<F>, InitialKey<F>>>;

// The columns are STRICT and written by us alone, so what they hold is trusted.
function column<T>(
  type: Column["type"],
  encode: (value: T) => SqlValue,
  decode: (stored: unknown) => T = (stored) => stored as T,
): Field<T> {
  return {
    columns: (name) => [{ name, type, isNullable: false }],
    encode: (value) => [encode(value)],
    decode: ([stored]) => decode(stored),
  };
}

export const text = <T extends string = string>() => column<T>("TEXT", (value) => value);
export const integer = () => column<number>("INTEGER", (value) => value);
export const real = () => column<number>("REAL", (value) => value);
export const flag = () => column<boolean>("INTEGER", Number, (stored) => stored === 1);
export const json = <T>() =>
  column<T>("TEXT", JSON.stringify, (stored) => JSON.parse(stored as string) as T);

/** A value that is stored as shorter JSON than its own. */
export const shortJson = <T, S>(shorten: (value: T) => S, restore: (stored: S) => T) =>
  column<T>(
    "TEXT",
    (value) => JSON.stringify(shorten(value)),
    (stored) => restore(JSON.parse(stored as string) as S),
  );

export function orNull<T>(field: Field<T>): InitialField<T | null> {
  return {
    columns: (name) => field.columns(name).map((one) => ({ ...one, isNullable: true })),
    encode: (value) => (value === null ? field.columns("").map(() => null) : field.encode(value)),
    decode: (stored) => (stored[0] === null ? null : field.decode(stored)),
    initial: null,
  };
}

/** Read as `value` where nothing is stored. */
export function filled<T>(field: Field<T | null>, value: T): Field<T> {
  return { ...field, decode: (stored) => field.decode(stored) ?? value };
}

/** `stored` is what the table fills in where that is not the same. */
export function or<T>(
  field: Field<T>,
  initial: T,
  stored: SqlValue | undefined = field.encode(initial)[0],
): InitialField<T> {
  return {
    ...field,
    columns: (name) =>
      field
        .columns(name)
        .map((one) => ({ ...one, ...(stored === undefined ? {} : { initial: stored }) })),
    initial,
  };
}

/** Columns that are filled together or not at all; their names begin with the field's. */
export function together<F extends Fields>(parts: F): InitialField<RecordOf<F> | null> {
  const laid = layOut(parts);
  return orNull({
    columns: (name) =>
      laid.flatMap(({ columns }) =>
        columns.map((one) => ({ ...one, name: `${name}_${one.name}` })),
      ),
    encode: (value) => laid.flatMap(({ key, field }) => field.encode(value[key])),
    decode: (stored) =>
      Object.fromEntries(
        laid.map(({ key, field }, at) => [key, field.decode([stored[at]])]),
      ) as RecordOf<F>,
  });
}

export function pick<F extends Fields, K extends keyof F>(fields: F, ...keys: K[]): Pick<F, K> {
  return Object.fromEntries(keys.map((key) => [key, fields[key]])) as Pick<F, K>;
}

export function omit<F extends Fields, K extends keyof F>(fields: F, ...keys: K[]): Omit<F, K> {
  const left: readonly PropertyKey[] = keys;
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => !left.includes(key)),
  ) as unknown as Omit<F, K>;
}

interface Laid {
  key: string;
  field: Field<unknown>;
  columns: readonly Column[];
}

const layouts = new WeakMap<Fields, readonly Laid[]>();

/** Each field with its columns: `createdAt` lies in `created_at`. */
export function layOut(fields: Fields): readonly Laid[] {
  const known = layouts.get(fields);
  if (known) return known;
  const laid = Object.entries(fields).map(([key, field]) => ({
    key,
    field,
    columns: field.columns(key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  }));
  layouts.set(fields, laid);
  return laid;
}

/** What a record has before anybody gives it more. */
export function initialOf<F extends Fields>(fields: F): Pick<RecordOf<F>, InitialKey<F>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]) =>
      "initial" in field ? [[key, field.initial]] : [],
    ),
  ) as Pick<RecordOf<F>, InitialKey<F>>;
}

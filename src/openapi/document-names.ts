/** Stands in the documents of the build for the address they are asked from. */
export const PLACEHOLDER_ORIGIN = "https://origin.invalid";

export type DocumentName = "openapi" | "openapi-dify" | "docs-en" | "docs-zh";

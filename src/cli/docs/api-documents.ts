import { buildDifyOpenApi } from "../../openapi/dify-document.ts";
import { buildOpenApi } from "../../openapi/document.ts";
import { type DocumentName, PLACEHOLDER_ORIGIN } from "../../openapi/document-names.ts";
import { renderDocs } from "./docs-page.ts";

/**
 * The API documents as the build writes them beside the dashboard: what they are made of, and the converter of its
 * schemas, need not be uploaded with every Worker.
 */
export async function apiDocuments(script: string): Promise<Record<DocumentName, string>> {
  return {
    openapi: JSON.stringify(buildOpenApi(PLACEHOLDER_ORIGIN)),
    "openapi-dify": JSON.stringify(buildDifyOpenApi(PLACEHOLDER_ORIGIN)),
    "docs-en": await renderDocs(PLACEHOLDER_ORIGIN, "en", script),
    "docs-zh": await renderDocs(PLACEHOLDER_ORIGIN, "zh", script),
  };
}

/**
 * Stands in for a dependency of a dependency that this Worker never calls (see `alias` in wrangler.toml). The MCP SDK
 * makes a validator with every server and uses it only to check what a client was asked for.
 */
export default function leftOut(): void {}

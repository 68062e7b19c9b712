/** What text, as UTF-8, and bytes are added to, such as SHA-256: other data never ends in the same. */
export type Digest = { update(data: Uint8Array | string): void; end(): string };

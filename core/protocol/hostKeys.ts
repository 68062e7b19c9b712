import * as z from 'zod';

/** What `known_hosts` is asked about: an endpoint, and the files that count for it; `~` is the home folder. */
export const HostKeysQuery = z.object({
  host: z.string(),
  port: z.number().int(),
  /** The name under which it is known, where that is another. */
  alias: z.string().optional(),
  /** Without one, the person's and the system's. */
  files: z.array(z.string()).max(10).readonly(),
});
export type HostKeysQuery = z.infer<typeof HostKeysQuery>;

/** A line of a `known_hosts` file about an endpoint. */
export const KnownHostKey = z.object({
  /** `ssh-ed25519`. */
  type: z.string(),
  /** `SHA256:` and base64, as `ssh-keygen -l` prints. */
  fingerprint: z.string(),
  /** `authority` signs keys of the host; `revoked` is refused. */
  kind: z.enum(['plain', 'revoked', 'authority']),
  file: z.string(),
  line: z.number().int(),
});
export type KnownHostKey = z.infer<typeof KnownHostKey>;
export const KnownHostKeys = z.array(KnownHostKey);

import * as z from 'zod';

/** Ways to log in, in the order to try them. */
export const AuthMethods = z.array(z.enum(['agent', 'key', 'password']));

/** What one source may say about how a node is reached. Paths are absolute, jump hosts in the order of connecting. */
export const ConnectionSettings = z.object({
  /** Name of a transport: `ssh`, `openssh` or `local`. */
  transport: z.string(),
  /** Name or address to connect to. */
  host: z.string(),
  port: z.number().int(),
  user: z.string(),
  /** Nodes or `[user@]host[:port]` to go through, first hop first; empty goes straight. */
  jump: z.array(z.string()),
  /** A command whose standard input and output carry the connection (ssh_config(5), ProxyCommand); tokens as written. */
  proxyCommand: z.string(),
  /** Private keys, in the order to try them. */
  identityFiles: z.array(z.string()),
  /** Only these keys, not those that the agent also has. */
  identitiesOnly: z.boolean(),
  auth: AuthMethods,
  /** known_hosts files; a new key is written to the first. */
  knownHosts: z.array(z.string()),
  /** The name under which known_hosts knows the node, instead of its host. */
  hostKeyAlias: z.string(),
  /** `StrictHostKeyChecking` as ssh_config(5) has it; shown only: Muster always verifies. */
  strictHostKeyChecking: z.string(),
  /** The ssh_config that goes for the node where the system's ssh reaches it. */
  sshConfig: z.string(),
  /** What only the system's ssh can do of what is said about the node, and where: shown as the reason for openssh. */
  needsOpenssh: z.string(),
  /** Milliseconds. */
  connectTimeoutMs: z.number(),
  /** Working folder of a local node. */
  cwd: z.string(),
});
export type ConnectionSettings = z.infer<typeof ConnectionSettings>;
export type SettingName = keyof ConnectionSettings;

/** Connection settings of a node, all sources and defaults applied. */
export const Connection = ConnectionSettings.partial().required({
  transport: true,
  host: true,
  port: true,
  jump: true,
  identityFiles: true,
  auth: true,
});
export type Connection = z.infer<typeof Connection>;

import * as z from 'zod';

/** How to log in to one SSH endpoint: the node itself or a hop on the way to it. */
const login = {
  /** Name or address, as known_hosts knows it. */
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  /** Without it, the name of the person that the engine runs as. */
  user: z.string().min(1).optional(),
  /** Absolute paths of private keys. Without any, the default keys in ~/.ssh. */
  identityFiles: z.array(z.string().min(1)),
  /** Only these keys, not the others that the agent has. */
  identitiesOnly: z.boolean().optional(),
  /** Absolute paths of known_hosts files; instead of the person's and the system's. New keys go to the first. */
  knownHosts: z.array(z.string().min(1)).optional(),
  /** The name under which known_hosts knows the endpoint, on whatever port, instead of its host. */
  hostKeyAlias: z.string().min(1).optional(),
  /** Ways to log in, in the order to try them. */
  auth: z.array(z.enum(['agent', 'key', 'password'])),
};

/** One jump host, with settings of its own. */
export const sshHop = z.object({
  ...login,
  /** Its name in the inventory, where it is a node. */
  name: z.string().min(1).optional(),
});
export type SshHop = z.infer<typeof sshHop>;

/** Options of the ssh transport, as a plan carries them: nothing is looked up in an inventory later. */
export const sshOptions = z.object({
  ...login,
  /** Command on this machine that carries the connection to the first hop, or to the node where there is none. */
  proxyCommand: z.string().min(1).optional(),
  /** Jump hosts, the first one to connect to first. */
  via: z.array(sshHop),
});
export type SshOptions = z.infer<typeof sshOptions>;

/** Options of the openssh transport. What is left open is up to the configuration file. */
export const opensshOptions = sshOptions.extend({
  port: sshOptions.shape.port.optional(),
  /** What the configuration calls the node; without it, the host. */
  name: z.string().min(1).optional(),
  /** Absolute path of the ssh_config that goes for the node, or `none`; without it ~/.ssh/config. The system's comes after it. */
  sshConfig: z.string().min(1).optional(),
});
export type OpensshOptions = z.infer<typeof opensshOptions>;

/** Options of the local transport. */
export const localOptions = z.object({
  /** Absolute path of the folder in which commands run. */
  cwd: z.string().min(1),
});
export type LocalOptions = z.infer<typeof localOptions>;

import * as z from 'zod';

/** What the engine has to know about who asks: it may serve several windows with different answers. */
export const ClientContext = z.object({
  /** Whether the workspace is trusted. Nothing connects and nothing runs for a client that is not. */
  trusted: z.boolean(),
  /**
   * `allowed`: the trust of a workspace covers its local nodes. `approved`: they act only after a person said yes to that
   * very file, as command sources and proxy commands always do.
   */
  localNodes: z.enum(['allowed', 'approved']),
  /** Where relative paths of `file:` in a selection start; without it there are no files. */
  folder: z.string().optional(),
  /** Login name of the person, for the log. */
  user: z.string(),
  /** Who acts for the person, as rules tell apart: an agent or a timer. Without it, the person. */
  as: z.enum(['ai', 'schedule']).optional(),
  /** The client's SSH agent: a socket path or, on Windows, a pipe. */
  agentSocket: z.string().min(1).optional(),
  /** Whether the client can put a question to a person. */
  canPrompt: z.boolean(),
  /** What happens to this client's batches when it goes away. */
  onClose: z.enum(['finish', 'cancel']),
});
export type ClientContext = z.infer<typeof ClientContext>;

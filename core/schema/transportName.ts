import * as z from 'zod';

/** Ways to reach a node. */
export const TransportName = z.enum(['ssh', 'openssh', 'local']);

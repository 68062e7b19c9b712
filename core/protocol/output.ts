import * as z from 'zod';

/** A page of an execution's output. Offsets are bytes of its stdout and stderr together, as they arrived. */
export const OutputQuery = z.object({
  batch: z.string(),
  execution: z.string(),
  /** First byte wanted; a negative number counts from the end. */
  from: z.number().int(),
  /** At most this many bytes. */
  limit: z.number().int().min(1).max(1_048_576),
});
export type OutputQuery = z.infer<typeof OutputQuery>;

export const OutputChunk = z.object({
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
  /** The exact bytes, where `text` can not hold them: they are not UTF-8, or are cut inside a character. */
  base64: z.string().optional(),
});
export type OutputChunk = z.infer<typeof OutputChunk>;

export const OutputPage = z.object({
  batch: z.string(),
  execution: z.string(),
  from: z.number(),
  /** Where the next page starts. */
  next: z.number(),
  /** Bytes there are now. */
  total: z.number(),
  chunks: z.array(OutputChunk),
});
export type OutputPage = z.infer<typeof OutputPage>;

import * as z from 'zod';

/** `version` of a file format; there is one so far. */
export const Version = z
  .literal(1)
  .optional()
  .meta({ title: 'Version', description: 'Version of the file format. Default: 1.', examples: [1] });

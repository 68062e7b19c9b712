import * as z from 'zod';
import { Text } from './names.ts';
import { Size } from './size.ts';

/** Kinds of file that an editor may be told of; `none`: it leaves the files alone. */
export const indexedKinds = ['inventory', 'playbook', 'task', 'config', 'policy', 'none'] as const;

/** Which files of a workspace the language server and `muster check` read. */
export const IndexConfig = z.strictObject({
  files: z
    .map(Text, z.enum(indexedKinds))
    .optional()
    .meta({
      title: 'Files',
      description:
        'What files are whose names do not say it, by pattern from the folder of the workspace (`*`, `**`, `?`); a ' +
        'pattern without `/` fits in every folder. `none` leaves files out. Of several patterns that fit the last counts. ' +
        'What `.gitignore` leaves out stays out.',
      examples: [{ 'deploy/**/*.yaml': 'playbook', 'vendor/**': 'none' }],
    }),
  maxFileSize: Size.optional().meta({
    title: 'Largest file',
    description: 'Larger files are read when they are opened, and not before. Default: `2MB`.',
    examples: ['5MB'],
  }),
});

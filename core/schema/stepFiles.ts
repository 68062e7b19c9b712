import * as z from 'zod';
import { Mode, Owner } from '../run/fileActions.ts';
import { oneOrMany, Text } from './names.ts';
import { VariableName } from './param.ts';
import { Size } from './size.ts';
import { TemplateText, TemplateValue } from './template.ts';

const LocalFile = TemplateText.meta({
  refers: 'file',
  title: 'From',
  description:
    'File of this machine, from the folder of this file. Which one it is has to be known before the run.',
  examples: ['./app.conf.tpl'],
});

/** Where files go on a node, and how they have to be there. */
const placing = {
  to: TemplateText.meta({
    title: 'To',
    description: 'Place on the node; a folder where it ends with `/`.',
    examples: ['/etc/app/'],
  }),
  mode: Mode.optional()
    .meta({ muster: 'name' })
    .meta({
      title: 'Mode',
      description: 'Permissions, as chmod takes them. Default: those of the file that was there, else here.',
      examples: ['0644'],
      muster: 'name',
    }),
  owner: Owner.optional().meta({
    title: 'Owner',
    description: '`user`, `user:group` or `:group`. Default: of the file that was there, else who logs in.',
    examples: ['root:www-data'],
  }),
  backup: z
    .boolean()
    .optional()
    .meta({
      title: 'Backup',
      description: 'What was there is kept beside it, with the time in its name.',
      examples: [true],
    }),
};

/** A script of this machine; its path alone, or with what it gets. */
export const Script = z.union([
  TemplateText.meta({ refers: 'file' }).transform((file): ScriptStep => ({ file })),
  z.strictObject({
    file: LocalFile.meta({ title: 'File', examples: ['./audit.sh'] }),
    args: z
      .array(TemplateText)
      .optional()
      .meta({
        title: 'Arguments',
        description: 'Each arrives as one word; of a list each item.',
        examples: [['--since', '{{ params.since }}']],
      }),
    interpreter: TemplateText.optional().meta({
      title: 'Interpreter',
      description: 'Program and options. Default: what the first line names, else `/bin/sh`.',
      examples: ['python3'],
    }),
  }),
]);
type ScriptStep = { file: string; args?: string[] | undefined; interpreter?: string | undefined };

export const Copy = z.strictObject({
  from: oneOrMany(TemplateText.meta({ refers: 'file' })).meta({
    title: 'From',
    description:
      'Files and folders of this machine, from the folder of this file. `dir` goes as a folder, `dir/` as what is in it. ' +
      'Which ones has to be known before the run.',
    examples: ['./app.conf', ['./site/', './robots.txt']],
  }),
  ...placing,
});

export const Template = z.strictObject({ from: LocalFile, ...placing });

export const Fetch = z.strictObject({
  from: oneOrMany(TemplateText).meta({
    title: 'From',
    description: 'Files and folders of the node.',
    examples: ['/var/log/syslog', ['/etc/nginx', '/etc/hosts']],
  }),
  to: TemplateText.meta({
    title: 'To',
    description: 'Folder of this machine, from the folder of this file, in which each node gets its own.',
    examples: ['./logs'],
  }),
  overwrite: z
    .boolean()
    .optional()
    .meta({ title: 'Overwrite', description: 'Files that are here already are replaced.', examples: [true] }),
  maxSize: Size.optional().meta({
    title: 'Largest size',
    description: 'Bytes of each node. Default: `1GB`.',
    examples: ['20GB'],
  }),
  maxFiles: z
    .int('Expected a number from 1 to 1000000.')
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Most files',
      description: 'Files and folders of each node. Default: 10000.',
      examples: [50_000],
    }),
});

export const Ansible = z.strictObject({
  playbook: TemplateText.meta({
    refers: 'file',
    title: 'Playbook',
    description:
      'Playbook of Ansible, from the folder of this file. Which one has to be known before the run.',
    examples: ['./site.yml'],
  }),
  vars: z
    .map(VariableName, TemplateValue)
    .optional()
    .meta({
      title: 'Variables',
      description:
        'Variables for it, over all of its own. Braces that come in with a value are data there too.',
      examples: [{ release: '{{ params.version }}' }],
    }),
  tags: oneOrMany(Text)
    .optional()
    .meta({ title: 'Tags', description: 'Only its tasks with one of these tags.', examples: [['config']] }),
  check: z
    .boolean()
    .optional()
    .meta({ title: 'Check', description: 'It only says what it would change.', examples: [true] }),
});

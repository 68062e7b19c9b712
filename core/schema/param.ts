import * as z from 'zod';
import { parseDuration } from './duration.ts';
import { Text } from './names.ts';
import { Value } from './value.ts';

export const paramTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'enum',
  'array',
  'object',
  'path',
  'duration',
  'size',
] as const;

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `512`, `10K`, `4G`, `1.5T` → bytes. Undefined when it is none of these. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount) * (units[unit.toLowerCase()] ?? 1));
}

type ParamType = (typeof paramTypes)[number];
const measured = paramTypes.filter((type) => type !== 'boolean' && type !== 'enum');
/** What narrows a parameter of some types, and would do nothing for the others. */
const narrowing: readonly {
  readonly key: 'values' | 'pattern' | 'min' | 'max';
  readonly types: readonly ParamType[];
  readonly of: string;
}[] = [
  { key: 'values', types: ['enum'], of: 'an enum' },
  { key: 'pattern', types: ['string', 'path'], of: 'text and paths' },
  { key: 'min', types: measured, of: 'numbers, lengths and sizes' },
  { key: 'max', types: measured, of: 'numbers, lengths and sizes' },
];

/** What a task or playbook is given, as its file says. */
export const Param = z
  .strictObject({
    type: z
      .enum(paramTypes)
      .optional()
      .meta({
        title: 'Type',
        description:
          'What is given: text, a number, true or false, one of `values`, a list, a map, a path, a length of time ' +
          '(`30s`), or a size in bytes (`10M`). Default: `string`.',
        examples: ['integer'],
      }),
    description: z
      .string()
      .optional()
      .meta({ title: 'Description', description: 'What it is for.', examples: ['Version to install'] }),
    default: Value.optional().meta({
      title: 'Default',
      description: 'What it is where nothing is given.',
      examples: ['1.2.3'],
    }),
    required: z
      .boolean()
      .optional()
      .meta({
        title: 'Required',
        description: 'It has to be given. Default: `false`; without a default, it is then nothing.',
        examples: [true],
      }),
    values: z
      .array(Value)
      .optional()
      .meta({ title: 'Values', description: 'What it may be, for `enum`.', examples: [['blue', 'green']] }),
    pattern: Text.optional().meta({
      title: 'Pattern',
      description: 'Regular expression that the text has to match.',
      examples: [String.raw`^\d+\.\d+\.\d+$`],
    }),
    min: z
      .number()
      .optional()
      .meta({
        title: 'Least',
        description: 'The least number, or the fewest items or characters.',
        examples: [1],
      }),
    max: z
      .number()
      .optional()
      .meta({
        title: 'Most',
        description: 'The greatest number, or the most items or characters.',
        examples: [100],
      }),
    sensitive: z
      .boolean()
      .optional()
      .meta({
        title: 'Sensitive',
        description: 'It is a secret: shown as stars everywhere, and never written down. Default: `false`.',
        examples: [true],
      }),
  })
  .superRefine((param, context) => {
    const { type = 'string' } = param;
    for (const { key, types, of } of narrowing) {
      if (param[key] === undefined || types.includes(type)) continue;
      const message = `"${key}" means something for ${of} only, and this is of type ${type}.`;
      const fix = key === 'values' ? 'Write "type: enum".' : `Take "${key}" away, or write another "type".`;
      context.addIssue({ code: 'custom', path: [key], message, params: { fix } });
    }
    if (param.type === 'enum' && !param.values?.length) {
      context.addIssue({ code: 'custom', path: ['type'], message: 'An enum needs "values".' });
    }
    if (param.sensitive && param.default !== undefined) {
      const message = 'A secret has no default: it would stand here for all to read.';
      const fix = 'Take "default" away and give the value at the start, or take "sensitive" away.';
      context.addIssue({ code: 'custom', path: ['default'], message, params: { fix } });
    }
  });
export type Param = z.output<typeof Param>;

/** A length of time or a size as a number; undefined where the text is none. */
export function quantityOf(type: 'duration' | 'size', text: string): number | undefined {
  return type === 'size' ? parseSize(text) : parseDuration(text);
}

const paramName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name that templates can write behind a dot. */
export const VariableName = Text.refine((name) => paramName.test(name), {
  error: 'A name here is made of letters, digits and _, and no digit first.',
}).meta({ muster: 'name' });

export const Params = z.map(VariableName, Param).nullish();

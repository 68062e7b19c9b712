import * as z from 'zod';
import { nameProblem } from '../inventory/address.ts';
import { hostPatternProblem } from '../policy/hostPattern.ts';
import { Verdict } from '../policy/verdict.ts';
import { ActionType } from '../run/action.ts';
import { parseSelection } from '../selection/parse.ts';
import { checkRegex } from '../selection/regex.ts';
import { checkedText, oneOrMany, Text } from './names.ts';
import { Time } from './time.ts';
import { Version } from './version.ts';

/** What a rule may be about; each is asked for before it happens. */
export const Capability = z.enum(['run', 'terminal', 'reach', 'approve']);
export type Capability = z.infer<typeof Capability>;

const Tag = checkedText(nameProblem).meta({ refers: 'tag' });
const Count = z.int('Expected a number of nodes.').min(0).max(100_000);

const Expression = z
  .string()
  .superRefine((text, context) => {
    const { selection, problems } = parseSelection(text);
    const empty =
      selection?.type === 'nothing' ? { message: 'The selection is empty.', fix: undefined } : undefined;
    const finding = problems[0] ?? empty;
    if (!finding) return;
    const fix = finding.fix ?? 'Write a selection such as tag:prod.';
    context.addIssue({ code: 'custom', message: finding.message, params: { fix } });
  })
  .meta({ muster: 'selection', refers: 'node' });

const Pattern = checkedText((text) => {
  const refusal = checkRegex(text);
  return refusal && { message: refusal.message, fix: refusal.fix ?? '' };
});

const Rule = z.strictObject({
  name: Text.optional().meta({
    title: 'Name',
    description: 'What the rule is called where it is the reason for something.',
    examples: ['no reboots by day'],
  }),
  decision: Verdict.meta({
    title: 'Decision',
    description:
      '`deny`: does not start. `typed-confirm`: a person types the number of nodes. `confirm`: a person says yes. ' +
      '`allow`: nothing is asked. Of several rules for a node the strictest stands.',
    examples: ['typed-confirm'],
  }),
  reason: Text.optional().meta({
    title: 'Reason',
    description: 'A sentence for whoever meets the rule: why, and whom to ask.',
    examples: ['Payments are being settled. Ask the database team.'],
  }),
  subject: oneOrMany(Text)
    .optional()
    .meta({
      title: 'Who asks',
      description:
        '`ai`: an agent or model. `schedule`: a timer. Anything else is the login name of a person. Default: everybody.',
      examples: ['ai', ['ai', 'schedule']],
    }),
  capability: oneOrMany(Capability)
    .optional()
    .meta({
      title: 'What is asked for',
      description:
        '`run`: start something on nodes. `terminal`: open a terminal on a node. `reach`: ask a node for an answer. ' +
        '`approve`: allow what an inventory would execute on this machine. Only `run` can be confirmed; for the others ' +
        '`deny` counts. Default: `[run, terminal]`.',
      examples: ['run'],
    }),
  action: oneOrMany(ActionType)
    .optional()
    .meta({
      title: 'Kind of action',
      description:
        'Kinds of what runs: `command`, `script`, `copy`, `fetch`, `playbook`. A rule that denies or confirms a kind also ' +
        'means playbooks with such steps. Default: all.',
      examples: ['command', ['script', 'copy']],
    }),
  command: Pattern.optional().meta({
    title: 'Command',
    description:
      'Regular expression that is looked for in the command, in a script and its arguments, in the paths of what is copied ' +
      'or fetched; `^…$` for the whole of it. Without look-around and ' +
      'back-references, so that it takes linear time. Write it in single quotes.',
    examples: ['\\b(reboot|shutdown|mkfs)\\b'],
  }),
  targets: Expression.optional().meta({
    title: 'Nodes',
    description:
      'Selection of the nodes that are meant, also where they are reached by another entry with the same address. ' +
      'Names that the inventory at hand does not have mean nothing.',
    examples: ['tag:prod & @databases'],
  }),
  tags: oneOrMany(Tag)
    .optional()
    .meta({ title: 'Tags', description: 'Nodes with any of these tags.', examples: ['prod'] }),
  hosts: oneOrMany(checkedText(hostPatternProblem))
    .optional()
    .meta({
      title: 'Addresses',
      description:
        'Addresses that are connected to, whatever the nodes are called: names with `*`, IP addresses, networks.',
      examples: [['10.0.0.0/8', '*.prod.example.com']],
    }),
});
export type PolicyRule = z.output<typeof Rule>;

/** The file kind `policy.yaml`. */
export const PolicyFile = z
  .strictObject({
    version: Version,
    default: Verdict.optional().meta({
      title: 'Default',
      description: 'What counts for nodes of a run for which no rule speaks. Default: `allow`.',
      examples: ['deny'],
    }),
    confirmAbove: Count.optional().meta({
      title: 'Confirm above',
      description:
        'More nodes than this need a yes: an answer, or `--yes`. Default: above 10 nodes people are asked where somebody ' +
        'can be, and nothing is refused.',
      examples: [10],
    }),
    typedAbove: Count.optional().meta({
      title: 'Type above',
      description:
        'More nodes than this start only after their number was typed, or given with `--expect-count`. Default: never.',
      examples: [100],
    }),
    protectedTags: oneOrMany(Tag)
      .optional()
      .meta({
        title: 'Protected tags',
        description:
          'Nodes with one of these tags need their number typed. `[]` in a file of the user or the machine: none. ' +
          'Default: `[protected]`.',
        examples: [['protected', 'prod']],
      }),
    freeze: z
      .strictObject({
        reason: Text.meta({
          title: 'Reason',
          description: 'Why nothing may run.',
          examples: ['Year-end closing'],
        }),
        until: Time.optional().meta({
          title: 'Until',
          description: 'When it ends: date, time and offset. Default: until the entry is taken out.',
          examples: ['2026-12-24T18:00:00Z'],
        }),
      })
      .optional()
      .meta({
        title: 'Freeze',
        description: 'Everything is denied. `muster freeze` does the same without editing a file.',
        examples: [{ reason: 'Year-end closing', until: '2027-01-04T08:00:00Z' }],
      }),
    rules: z
      .array(Rule)
      .max(1000, 'More than 1000 rules.')
      .optional()
      .meta({
        title: 'Rules',
        description: 'Each says what it is about and what is decided. What is left out of a rule means: any.',
        examples: [[{ decision: 'deny', subject: 'ai', targets: 'tag:prod' }]],
      }),
  })
  .meta({
    title: 'Muster policy',
    description:
      'Guard rails: what may start, what has to be confirmed, what is refused. They guard against mistakes; they are ' +
      'not a security boundary.',
    examples: [
      {
        version: 1,
        typedAbove: 100,
        rules: [
          { name: 'no agents in production', subject: 'ai', targets: 'tag:prod', decision: 'deny' },
          { command: '\\b(reboot|shutdown)\\b', decision: 'typed-confirm' },
        ],
      },
    ],
  });
export type PolicyFile = z.output<typeof PolicyFile>;

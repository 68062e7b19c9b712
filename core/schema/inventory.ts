import * as z from 'zod';
import { SourceType } from '../inventory/source.ts';
import { addressProblem, nameProblem, parseAddress } from '../inventory/address.ts';
import { Duration, PositiveDuration } from './duration.ts';
import { checkedText, Host, NodeNames, oneOrMany, Port, Text, User } from './names.ts';
import { Value } from './value.ts';
import { Version } from './version.ts';

const Hop = checkedText((text) => {
  const address = parseAddress(text);
  return 'host' in address ? addressProblem(address.host) : address;
}).meta({ refers: 'node' });
const Name = checkedText(nameProblem);
const Label = Name.meta({ refers: 'tag' });
const GroupName = Text.meta({ refers: 'group' });

const connection = {
  transport: z
    .enum(['ssh', 'openssh', 'local'])
    .optional()
    .meta({
      title: 'Transport',
      description:
        'How a node is reached. `openssh` goes by the `ssh` of this machine and its configuration, for certificates, ' +
        'security keys, GSSAPI and the like. `local` runs on this machine, in the folder `cwd`. Default: `ssh`.',
      examples: ['ssh'],
    }),
  user: User.optional().meta({
    title: 'User',
    description: 'Account to log in with. Default: the name of the person who runs Muster.',
    examples: ['deploy'],
  }),
  port: Port.optional().meta({ title: 'Port', description: 'TCP port. Default: 22.', examples: [2222] }),
  connectTimeout: PositiveDuration.optional().meta({
    title: 'Connect timeout',
    description:
      'Longest time that connecting and logging in may take: `30s`, `2m` or seconds. Default: `30s`.',
    examples: ['30s'],
  }),
  knownHosts: oneOrMany(Text)
    .optional()
    .meta({
      title: 'Known hosts files',
      description:
        'Files with the host keys that are trusted; new ones are added to the first. `~` is the home folder; other paths start at ' +
        'the inventory. ' +
        'Default: `~/.ssh/known_hosts`.',
      examples: ['~/.ssh/known_hosts'],
    }),
  identityFile: oneOrMany(Text)
    .optional()
    .meta({
      title: 'Key files',
      description:
        'Private keys to log in with, in the order to try them. `~` is the home folder; other paths start at the inventory.',
      examples: ['~/.ssh/id_ed25519'],
    }),
  identitiesOnly: z
    .boolean()
    .optional()
    .meta({
      title: 'Only these keys',
      description:
        'Offer only the key files that are named, not the other keys of the agent. Default: `false`.',
      examples: [true],
    }),
  hostKeyAlias: Host.optional().meta({
    title: 'Host key alias',
    description: 'The name under which known_hosts knows the node, instead of its host.',
    examples: ['db01.example.com'],
  }),
  auth: oneOrMany(z.enum(['agent', 'key', 'password']))
    .optional()
    .meta({
      title: 'Ways to log in',
      description:
        'Tried in this order. A password is asked for, never written here. Default: `[agent, key]`.',
      examples: [['agent', 'key']],
    }),
  jump: oneOrMany(Hop)
    .optional()
    .meta({
      title: 'Jump hosts',
      description:
        'Nodes of this inventory or `user@host:port`, first hop first. `[]` goes straight even where the ' +
        'defaults name a hop. The hops themselves do not use a jump host of the defaults.',
      examples: ['bastion', ['bastion', 'inner']],
    }),
  proxyCommand: Text.optional().meta({
    title: 'Proxy command',
    description:
      'Command on this machine whose standard input and output carry the connection, instead of a TCP connection; ' +
      '`%h` and `%p` stand for host and port. It acts only after you allowed it.',
    examples: ['nc -X 5 -x proxy.example.com:1080 %h %p'],
  }),
  sshConfig: Text.optional().meta({
    title: 'SSH configuration',
    description:
      'File that `openssh` reads instead of `~/.ssh/config`; `~` is the home folder, other paths start at the ' +
      'inventory. What runs commands in it acts only after you allowed it.',
    examples: ['./ssh_config'],
  }),
  cwd: Text.optional().meta({
    title: 'Folder',
    description:
      'Folder in which a `local` node works; starts at the inventory. Default: the folder of the inventory.',
    examples: ['../build'],
  }),
};

const tags = oneOrMany(Label).optional();
const vars = z.map(Text, Value).nullish();

const facts = z.map(Text, Value).nullish();

const Settings = z.strictObject({
  host: Host.optional().meta({
    title: 'Host',
    description: 'Host name or address to connect to. Default: the name of the node. Only for a single node.',
    examples: ['10.0.0.5'],
  }),
  ...connection,
  tags: tags.meta({
    title: 'Tags',
    description: 'Free labels to select by: `tag:prod`.',
    examples: [['web', 'prod']],
  }),
  vars: vars.meta({
    title: 'Variables',
    description: 'Values of the node. They win over those of its groups.',
    examples: [{ http_port: 8080 }],
  }),
  facts: facts.meta({
    title: 'Facts',
    description: 'What is known about the node, to select by: `fact:os.id=debian`.',
    examples: [{ os: { id: 'debian' } }],
  }),
});
export type NodeSettings = z.output<typeof Settings>;

const NodeEntry = z.union([z.null(), Text, Settings]).transform((entry, context): NodeSettings => {
  if (entry === null) return {};
  if (typeof entry !== 'string') return entry;
  const address = parseAddress(entry);
  if ('host' in address) return address;
  context.addIssue({ code: 'custom', message: address.message, params: { fix: address.fix } });
  return z.NEVER;
});

const Members = oneOrMany(NodeNames).optional();

const GroupSettings = z.strictObject({
  nodes: Members.meta({
    title: 'Nodes',
    description: 'Names of nodes, with ranges: `web[01-10].example.com, db01` or a list of them.',
    examples: ['web[01-10].example.com'],
  }),
  groups: oneOrMany(GroupName)
    .optional()
    .meta({
      title: 'Groups',
      description: 'Groups whose nodes belong to this group too.',
      examples: [['frontend']],
    }),
  tags: tags.meta({
    title: 'Tags',
    description: 'Labels that every node of the group gets.',
    examples: [['prod']],
  }),
  vars: vars.meta({
    title: 'Variables',
    description:
      'Values for every node of the group. Those of a group inside this one win; among groups of equal depth ' +
      'the later one in the file wins.',
    examples: [{ role: 'front' }],
  }),
});
export type GroupSettings = z.output<typeof GroupSettings>;

const GroupEntry = z
  .union([z.null(), NodeNames, z.array(NodeNames), GroupSettings])
  .transform((entry): GroupSettings => {
    if (entry === null) return {};
    if (typeof entry === 'string') return { nodes: [entry] };
    return Array.isArray(entry) ? { nodes: entry } : entry;
  });

const Source = z
  .strictObject({
    type: SourceType.meta({
      title: 'Kind of source',
      description:
        '`ansible`: inventory file (INI or YAML) or folder. `bolt`: Bolt inventory. `ssh-config`: OpenSSH client ' +
        'configuration. `clustershell`: group file. `hosts`: list of names. `csv`: table. `folders`: folders and ' +
        'repositories on this machine. `command`: a program that prints `ansible-inventory --list` JSON. `muster`: ' +
        'another inventory like this.',
      examples: ['ansible'],
    }),
    path: Text.meta({ refers: 'file' })
      .optional()
      .meta({
        title: 'Path',
        description:
          'File or folder; of a `command`, the folder in which it runs. `~` is the home folder; other paths start at the ' +
          'inventory. Default: `~/.ssh/config` for `ssh-config`, else the folder of the inventory.',
        examples: ['hosts.ini'],
      }),
    run: Text.optional().meta({
      title: 'Command',
      description: 'Command line of a `command` source. It runs only after you allowed this very command.',
      examples: ['./nodes.sh'],
    }),
    ttl: Duration.optional().meta({
      title: 'Time to live',
      description: 'How long the answer of a `command` counts as fresh: `30s`, `10m`. Default: `10m`.',
      examples: ['10m'],
    }),
    priority: z
      .int()
      .min(0)
      .max(1000)
      .optional()
      .meta({
        title: 'Priority',
        description:
          'Of two sources that say different things about one key of a node, the higher wins; of equals, the later. ' +
          'This file itself has 100. Default: 50.',
        examples: [50],
      }),
  })
  .superRefine(({ type, run }, context) => {
    if (type === 'command' && run === undefined)
      context.addIssue({ code: 'custom', message: 'A command source needs "run".' });
    if (type !== 'command' && run !== undefined)
      context.addIssue({ code: 'custom', message: '"run" is for sources of type command.', path: ['run'] });
  });

/** The file kind `inventory.yaml`. */
export const InventoryFile = z
  .strictObject({
    version: Version,
    defaults: z
      .strictObject(connection)
      .nullish()
      .meta({
        title: 'Defaults',
        description: 'Connection settings for all nodes that do not have their own.',
        examples: [{ user: 'deploy', connectTimeout: '30s' }],
      }),
    nodes: z
      .map(NodeNames, NodeEntry)
      .nullish()
      .meta({
        title: 'Nodes',
        description:
          'Machines by name. `web[01-20].example.com` stands for twenty nodes. The value may be left out, or be ' +
          'just an address: `db01: postgres@10.0.0.5:2222`.',
        examples: [{ 'web[01-20].example.com': { tags: ['web', 'prod'] } }],
      }),
    groups: z
      .map(Label, GroupEntry)
      .nullish()
      .meta({
        title: 'Groups',
        description:
          'Named sets of nodes and groups. The value may be just the nodes: `frontend: web[01-10]`.',
        examples: [{ frontend: { nodes: 'web[01-10].example.com' } }],
      }),
    tags: z
      .map(Label, oneOrMany(NodeNames))
      .nullish()
      .meta({
        title: 'Tags',
        description:
          'Labels by name, each with its nodes: `canary: web[03,07]`. They add to the tags of a node.',
        examples: [{ canary: 'web[03,07].example.com' }],
      }),
    sources: z
      .array(Source)
      .nullish()
      .meta({
        title: 'Other sources',
        description: 'Inventories of other kinds that belong to this one. Groups of one name unite.',
        examples: [[{ type: 'ansible', path: 'hosts.ini', priority: 50 }]],
      }),
  })
  .meta({
    title: 'Muster inventory',
    description: 'The nodes that Muster can act on, and how to reach them.',
    examples: [{ version: 1, nodes: { 'web[01-20].example.com': { tags: ['web'] } } }],
  });
export type InventoryFile = z.output<typeof InventoryFile>;

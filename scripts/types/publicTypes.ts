import { format } from 'prettier';
import * as z from 'zod';
import { SourceRef } from '../../core/inventory/source.ts';
import { Action, RunAs } from '../../core/run/action.ts';
import { LoggedEvent, ConnectionInfo, UnknownHostKey } from '../../core/run/events.ts';
import { Outcome, Phase, RemoteFate, UnreachableKind } from '../../core/run/outcome.ts';
import { Plan, PlanRequest, Target } from '../../core/run/plan.ts';
import { Barrier, Limits, Strategy } from '../../core/run/strategy.ts';
import { ConfigFile } from '../../core/schema/config.ts';
import { InventoryFile } from '../../core/schema/inventory.ts';
import { toJsonSchema } from '../../core/schema/jsonSchema.ts';
import { PlaybookFile } from '../../core/schema/playbook.ts';
import { PolicyFile } from '../../core/schema/policy.ts';
import { TaskFile } from '../../core/schema/task.ts';
import { typeText } from './typeText.ts';

/** What people write in files, by name: the form before it is read, where `30s` is a text. */
const files = {
  InventoryFile: [InventoryFile, 'What `inventory.yaml` may contain.'],
  PlaybookFile: [PlaybookFile, 'What `*.playbook.yaml` may contain.'],
  TaskFile: [TaskFile, 'What `*.task.yaml` may contain.'],
  ConfigFile: [ConfigFile, 'What `config.yaml` may contain.'],
  PolicyFile: [PolicyFile, 'What `policy.yaml` may contain.'],
} as const;

const json = `/** Any value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };`;

/** What plugins are given and give back: plain JSON. */
const values = {
  Action: [Action, 'What a batch does on each of its targets.'],
  RunAs: [RunAs, 'Another user of the node, and how to become that user.'],
  SourceRef: [SourceRef, 'Where nodes come from.'],
  PlanRequest: [PlanRequest, 'What a person asked for, before it is resolved.'],
  Strategy: [Strategy, 'What runs when.'],
  Limits: [Limits, 'Time limits, and what is tried again.'],
  Barrier: [Barrier, 'What happens between two waves.'],
  Target: [
    Target,
    'A node resolved for a batch: everything that running on it needs, nothing looked up later.',
  ],
  Plan: [Plan, 'The resolved, immutable value that is previewed, run, stored and re-run.'],
  Outcome: [Outcome, 'How one execution ended. Every planned execution ends with exactly one of these.'],
  Phase: [Phase, 'The parts of reaching a node and running on it.'],
  RemoteFate: [RemoteFate, 'What is known about the remote process after it was no longer waited for.'],
  UnreachableKind: [UnreachableKind, 'Why a node was not reached.'],
  ConnectionInfo: [ConnectionInfo, 'How a node was reached.'],
  UnknownHostKey: [UnknownHostKey, 'A host key that known_hosts does not have.'],
  LoggedEvent: [LoggedEvent, 'Everything that can happen in a batch, as it is logged and announced.'],
} as const;

/**
 * The text of `types/muster.d.ts`: file kinds and values from their schemas, interfaces as they are written.
 *
 * @param interfaces texts of modules that have types only
 */
export async function publicTypes(interfaces: readonly string[]): Promise<string> {
  const text = [
    '// Written by `npm run types` from the schemas that validate files and from core/plugin. Do not edit.',
    ...Object.entries(files).map(([name, [schema, says]]) => declare(name, says, toJsonSchema(schema))),
    json,
    ...Object.entries(values).map(([name, [schema, says]]) => declare(name, says, outputSchema(schema))),
    ...interfaces.map(withoutImports),
  ].join('\n\n');
  return format(text, { parser: 'typescript', singleQuote: true, printWidth: 110 });
}

function declare(name: string, says: string, schema: z.core.JSONSchema.BaseSchema): string {
  return `/** ${says} */\nexport type ${name} = ${typeText(schema)};`;
}

/** With other values by their names. */
function outputSchema(schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  const names = new Map<z.core.$ZodType, string>(
    Object.entries(values).map(([name, [each]]) => [each, name]),
  );
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const name = zodSchema === schema ? undefined : names.get(zodSchema);
      if (name === undefined) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      jsonSchema.$ref = name;
    },
  });
}

function withoutImports(text: string): string {
  return text.replaceAll(/^import [^;]*;\n/gm, '');
}

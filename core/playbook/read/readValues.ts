import * as z from 'zod';
import { VariableName } from '../../schema/param.ts';
import { Value } from '../../schema/value.ts';
import { hasErrors, type Problem } from '../../util/problem.ts';
import { parseDocument } from '../../yaml/parseDocument.ts';

const Values = z.map(VariableName, Value);

/** A file of values by name, in YAML or JSON: `version: 1.2.3`. Never throws on what people write. */
export function readValues(text: string): {
  readonly values: Readonly<Record<string, Value>>;
  readonly problems: readonly Problem[];
} {
  const { value, problems } = parseDocument(text, Values);
  return { values: hasErrors(problems) ? {} : Object.fromEntries(value ?? []), problems };
}

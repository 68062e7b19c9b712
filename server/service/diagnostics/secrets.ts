import { remembered } from '../../../core/util/remembered.ts';
import { entriesOf, outerEntries } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { change } from '../edit/entries.ts';
import type { Finding, Repair } from './finding.ts';
import { secretAdvice, secretRepairs } from './secretRepairs.ts';
import type { Subject } from './subject.ts';

const secretName =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)$/i;
const secretVariable = /^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)$/;
const secretHeader = /^(?:authorization|x-api-key|x-auth-token)$/i;
const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;
/** Keys below which names are the person's own. */
const tables: ReadonlySet<string> = new Set([
  'vars',
  'env',
  'with',
  'set',
  'headers',
  'params',
  'ansible',
  'batch',
]);

/** Secrets that stand in a file as they are. */
export function* secretFindings(subject: Subject): Iterable<Finding> {
  const entries = outerEntries(subject.document.parsed.writtenAt([]));
  for (const { path, name, isKey } of entries.flatMap(secretsIn)) {
    const what = isKey ? 'a private key' : 'a secret';
    yield {
      code: 'safety/secret',
      message: `This looks like ${what}, and whoever reads the file has it. ${secretAdvice(subject.document)}`,
      range: subject.range(path, 'value'),
      repairs: moveRepair(subject, path, name ?? 'key'),
    };
  }
}

function looksSecret(name: string, value: string): boolean {
  if (![secretName, secretHeader, secretVariable].some((each) => each.test(name))) return false;
  return (
    value.length >= 4 && !value.includes('{{') && !/^[/~.]|^(?:true|false|none|null|prompt|ask)$/i.test(value)
  );
}

/** Name of a value: of a default that of its parameter; none where names are not the person's own. */
function nameOf(path: Path): string | undefined {
  const last = path.at(-1);
  if (path[0] === 'params') return path.length === 3 && last === 'default' ? String(path[1]) : undefined;
  return typeof last === 'string' && path.slice(0, -1).some((key) => tables.has(String(key)))
    ? last
    : undefined;
}

type Secret = { readonly path: Path; readonly name: string | undefined; readonly isKey: boolean };

/** Secrets in an entry. Where it stands in a list changes, and has nothing to do with it. */
function secretsIn({ path, value }: { readonly path: Path; readonly value: unknown }): readonly Secret[] {
  if (typeof value !== 'object' || value === null) return secretsBelow(value, path);
  return secretsOf(value, path).map((each) => ({
    ...each,
    path: [...path, ...each.path.slice(path.length)],
  }));
}

const secretsOf = remembered((value: object, path: Path) => secretsBelow(value, path));

function secretsBelow(value: unknown, path: Path): readonly Secret[] {
  if (typeof value !== 'string')
    return entriesOf(value).flatMap(([key, child]) => secretsBelow(child, [...path, key]));
  const name = nameOf(path);
  const isKey = privateKey.test(value);
  return isKey || (name !== undefined && looksSecret(name, value)) ? [{ path, name, isKey }] : [];
}

function moveRepair({ document }: Subject, path: Path, name: string): readonly Repair[] {
  const value = document.parsed.writtenAt(path);
  if (path[0] === 'params' || typeof value !== 'string') return [];
  return secretRepairs(document, {
    name: name.replaceAll(/\W/g, '_'),
    value,
    instead: (reference) => change(document, document.parsed.rangeOf(path, 'value'), `'${reference}'`),
  });
}

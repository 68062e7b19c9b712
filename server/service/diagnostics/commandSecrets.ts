import type { WrittenText } from '../../../core/playbook/read/writtenTexts.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { rangeOf } from '../document.ts';
import { insertionBelow, keysOf } from '../edit/entries.ts';
import type { Finding, Repair } from './finding.ts';
import type { Subject } from './subject.ts';

/** A literal in a command: no variable of the shell, no template. */
const literal = String.raw`[^\s"'$\x60{}<>;&|()]{4,}`;

/** How secrets are given to commands; each has what it is called, if it says so, and the secret itself. */
const ways: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:^|[\s;&|("'])(?<name>[A-Z]*(?:[A-Z0-9]+_)*(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY))=["']?(?<secret>${literal})`,
    'd',
  ),
  new RegExp(
    String.raw`[ \t]--(?<name>password|passwd|token|secret|api-key)(?:=|[ \t]+)["']?(?!-)(?<secret>${literal})`,
    'd',
  ),
  /\bAuthorization:[ \t]*(?:Bearer|Basic|Token)[ \t]+(?<secret>[\w.~+/=-]{8,})/di,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/'"{}$]+:(?<secret>[^\s:@/'"{}$]{4,})@/di,
  /\bcurl[ \t](?:[^\n;|]*?[ \t])?(?:-u|--user)[ \t]+["']?[^\s:'"{}$]+:(?<secret>[^\s'"{}$]{4,})/d,
];
const none = /^(?:true|false|none|null|prompt|ask|stdin|x+|\*+|[/~.].*)$/i;

/** Secrets that stand in commands and addresses as they are. */
export function* commandSecretFindings(subject: Subject): Iterable<Finding> {
  for (const text of subject.texts) {
    const found = text.role === 'expression' ? undefined : secretIn(text.written);
    if (!found) continue;
    const { range } = text.at(found, { code: '', severity: 'info', message: '' });
    yield {
      code: 'safety/secret',
      message:
        'This looks like a secret, and whoever reads the file has it. Write under "secrets" of a playbook where it is.',
      range: rangeOf(subject.document.document, range),
      repairs: askRepair(subject, found.name, rangeOf(subject.document.document, range)),
    };
  }
}

type Found = { readonly name: string; readonly start: number; readonly end: number };

const secretIn = remembered(({ value, role }: WrittenText): Found | undefined => {
  for (const way of role === 'command' ? ways : ways.filter(({ source }) => source.includes(':\\/\\/'))) {
    const match = way.exec(value);
    const [start, end] = match?.indices?.groups?.['secret'] ?? [];
    const { name = 'token', secret = '' } = match?.groups ?? {};
    if (start !== undefined && end !== undefined && !none.test(secret))
      return { name: name.toLowerCase().replaceAll('-', '_'), start, end };
  }
  return undefined;
});

/** Declares the secret, which a person is asked for then, and looks it up where it stood. */
function askRepair({ document }: Subject, name: string, range: Finding['range']): readonly Repair[] {
  if (document.document.languageId !== 'muster-playbook') return [];
  const isThere = keysOf(document.parsed.writtenAt(['secrets'])).includes(name);
  const declared = isThere ? [] : [insertionBelow(document, ['secrets', name], `{ ask: ${name} }`)];
  const edits = [...declared, { range, newText: `{{ secret.${name} }}` }];
  return [{ title: `Ask for it: secret "${name}"`, edits }];
}

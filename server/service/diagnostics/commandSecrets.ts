import type { WrittenText } from '../../../core/playbook/read/writtenTexts.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { rangeOf } from '../document.ts';
import type { Finding } from './finding.ts';
import { secretAdvice, secretRepairs } from './secretRepairs.ts';
import type { Subject } from './subject.ts';

/** A literal in a command: no variable of the shell, no template. */
const literal = String.raw`[^\s"'$\x60{}<>;&|()]{4,}`;

/** A password in an address, the only way in which a text that is no command has one. */
const inAddress = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/'"{}$]+:(?<secret>[^\s:@/'"{}$]{4,})@/di;

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
  inAddress,
  /\bcurl[ \t](?:[^\n;|]*?[ \t])?(?:-u|--user)[ \t]+["']?[^\s:'"{}$]+:(?<secret>[^\s'"{}$]{4,})/d,
];
const none = /^(?:true|false|none|null|prompt|ask|stdin|x+|\*+|[/~.].*)$/i;

/** Secrets that stand in commands and addresses as they are. */
export function* commandSecretFindings(subject: Subject): Iterable<Finding> {
  for (const text of subject.texts) {
    const found = text.role === 'expression' ? undefined : secretIn(text.written);
    if (!found) continue;
    const place = rangeOf(subject.document.document, text.rangeOf(found));
    yield {
      code: 'safety/secret',
      message: `This looks like a secret, and whoever reads the file has it. ${secretAdvice(subject.document)}`,
      range: place,
      repairs: secretRepairs(subject.document, {
        name: found.name,
        value: text.written.value.slice(found.start, found.end),
        instead: (newText) => ({ range: place, newText }),
      }),
    };
  }
}

type Found = { readonly name: string; readonly start: number; readonly end: number };

const secretIn = remembered(({ value, role }: WrittenText): Found | undefined => {
  for (const way of role === 'command' ? ways : [inAddress]) {
    const match = way.exec(value);
    const [start, end] = match?.indices?.groups?.['secret'] ?? [];
    const { name = 'token', secret = '' } = match?.groups ?? {};
    if (start !== undefined && end !== undefined && !none.test(secret))
      return { name: name.toLowerCase().replaceAll('-', '_'), start, end };
  }
  return undefined;
});

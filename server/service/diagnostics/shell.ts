import type { WrittenText } from '../../../core/playbook/read/writtenTexts.ts';
import { unclosedIn } from '../../../core/playbook/template/unclosed.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { rangeOf } from '../document.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Commands whose quotes, brackets or here-documents have no end, found without a shell. */
export function* shellFindings(subject: Subject): Iterable<Finding> {
  const { document, texts } = subject;
  for (const text of texts) {
    if (text.role !== 'command' || text.problems.length > 0) continue;
    const open = openIn(text.written);
    if (!open) continue;
    const range = rangeOf(document.document, text.rangeOf(open));
    const message = `${open.what} is not closed. The shell would wait for more, or refuse the command.`;
    yield { code: 'shell/unclosed', message, range };
  }
}

const openIn = remembered(({ parts, shell }: WrittenText) => unclosedIn(parts, shell));

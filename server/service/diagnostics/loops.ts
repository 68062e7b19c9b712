import { parseTemplate } from '../../../core/playbook/template/template.ts';
import { Params } from '../../../core/schema/param.ts';
import { at } from '../../../core/yaml/data.ts';
import { keysOf } from '../edit/entries.ts';
import { singleQuoted } from '../edit/quoting.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

const toList = `Write [a, b], or '{{ … | lines }}' for the lines of a text.`;

/** Loops over what is no list on any node, whatever is in the inventory. A plan that has them is refused. */
export function* loopFindings(subject: Subject): Iterable<Finding> {
  for (const step of subject.steps) {
    const loop = step.text('loop');
    if (loop === undefined) continue;
    const { parts, problems } = parseTemplate(loop);
    if (problems.length > 0) continue;
    const isValue = parts.length === 1 && parts[0]?.type === 'expression';
    const said = isValue ? noListIn(loop, subject) : textSaid(loop);
    const range = subject.range([...step.path, 'loop'], 'value');
    if (said) yield { code: 'playbook/loop', range, ...said(range) };
  }
}

type Said = (range: Finding['range']) => Pick<Finding, 'message' | 'fix' | 'repairs'>;

/** A name without its braces is a text as any other. */
function textSaid(loop: string): Said {
  const isName = /^(?:vars|params|steps|node|item)\.\w[\w.]*$/.test(loop.trim());
  if (!isName) return () => ({ message: 'The loop is no list, but text.', fix: toList });
  const newText = singleQuoted(`{{ ${loop.trim()} }}`);
  return (range) => ({
    message: `The loop is no list, but the text "${loop}".`,
    fix: `Write ${newText}.`,
    repairs: [{ title: `Write ${newText}`, edits: [{ range, newText }], isSure: true }],
  });
}

/** A variable that the playbook itself gives one value, or a parameter of a type that is no list. */
function noListIn(loop: string, { document, steps }: Subject): Said | undefined {
  const [, top, name = ''] = /^\s*\{\{\s*(vars|params)\.(\w+)\s*\}\}\s*$/.exec(loop) ?? [];
  const params = Params.safeParse(document.parsed.writtenAt(['params'])).data;
  const param = params?.get(name);
  if (top === 'params') {
    const { type = 'string' } = param ?? { type: 'array' };
    if (type === 'array' || type === 'enum') return undefined;
    const message = `The loop is no list: the parameter "${name}" is of type ${type}.`;
    return () => ({ message, fix: `Write "type: array" there, or '{{ params.${name} | lines }}'.` });
  }
  if (top === undefined || param || document.document.languageId !== 'muster-playbook') return undefined;
  const isMade = steps.some(
    (step) =>
      step.has('task') ||
      step.has('playbook') ||
      step.text('register') === name ||
      keysOf(step.get('set')).includes(name),
  );
  const value = at(document.parsed.writtenAt(['vars']), [name]);
  const isOne = ['string', 'number', 'boolean'].includes(typeof value) && !String(value).includes('{{');
  if (isMade || !isOne) return undefined;
  return () => ({ message: `The loop is no list: "${name}" has one value under "vars".`, fix: toList });
}

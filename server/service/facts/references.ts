import { parseAddress } from '../../../core/inventory/address.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import type { TextPlace } from '../../../core/util/problem.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { resolveUri } from '../uris.ts';
import type { Named } from './names.ts';
import { namesInList, namesInSelection } from './names.ts';
import type { Occurrence } from './occurrence.ts';
import { rangeInside } from './place.ts';

/** A document whose names are looked for, and its canonical URI. */
export type Source = { readonly document: MusterDocument; readonly file: string };

type TextShape = Extract<Shape, { kind: 'text' }>;

/** What a text refers to, as its schema says. */
export function referencesIn(
  source: Source,
  { path, shape, value }: { path: Path; shape: TextShape; value: string },
): readonly Occurrence[] {
  const { document, file } = source;
  const isInventory = document.document.languageId === 'muster-inventory';
  const within = shape.role === 'selection' ? 'selection' : 'text';
  return (
    shape.role === 'selection' && !isInventory ? namesInSelection(value) : named(shape, value, source)
  ).map(({ start, end, ...each }): Occurrence => ({
    ...each,
    role: isInventory && each.kinds.includes('tag') ? 'declaration' : 'reference',
    uri: document.document.uri,
    range: rangeInside(document, { path, part: 'value', value }, { start, end }),
    path,
    ...((shape.refers === 'step' || shape.refers === 'handler' || shape.refers === 'param') && {
      scope: file,
    }),
    within,
  }));
}

function named(shape: TextShape, value: string, { document }: Source): readonly Named[] {
  const whole: TextPlace = { start: 0, end: value.length };
  const { refers } = shape;
  if (refers === undefined) return [];
  switch (refers) {
    case 'node':
      return shape.role === 'selection' ? namesInList(value) : hop(value);
    case 'group':
    case 'tag':
    case 'step':
    case 'handler':
    case 'param':
    case 'var':
    case 'secret':
    case 'service':
      return [{ kinds: [refers], name: value, ...whole }];
    case 'task':
    case 'playbook':
    case 'file': {
      const uri = resolveUri(document.document.uri, value);
      return uri === undefined ? [] : [{ kinds: ['file'], name: uri, ...whole }];
    }
  }
}

/** A jump host is a node or `user@host:port`, whose host may be one. */
function hop(value: string): readonly Named[] {
  const address = parseAddress(value);
  if (!('host' in address)) return [];
  const start = value.indexOf(address.host, address.user === undefined ? 0 : address.user.length + 1);
  return [{ kinds: ['node'], name: address.host, start, end: start + address.host.length }];
}

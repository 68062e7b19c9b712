/** What a key does in the node list. */
export type GridMove =
  | { readonly type: 'focus'; readonly index: number }
  | { readonly type: 'toggle' }
  | { readonly type: 'close' }
  | { readonly type: 'cell'; readonly step: 1 | -1 }
  | { readonly type: 'choose' }
  | { readonly type: 'chooseAll' }
  | { readonly type: 'copyNames' };

/** A key press in a list of `count` rows of which `page` fit on the screen. */
export type GridKey = {
  readonly key: string;
  readonly ctrl: boolean;
  readonly index: number;
  readonly count: number;
  readonly page: number;
};

export function gridMove({ key, ctrl, index, count, page }: GridKey): GridMove | undefined {
  const to = (target: number): GridMove => ({
    type: 'focus',
    index: Math.max(0, Math.min(count - 1, target)),
  });
  if (ctrl) return key === 'c' ? { type: 'copyNames' } : key === 'a' ? { type: 'chooseAll' } : undefined;
  switch (key) {
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowUp':
      return to(index - 1);
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(count - 1);
    case 'ArrowRight':
      return { type: 'cell', step: 1 };
    case 'ArrowLeft':
      return { type: 'cell', step: -1 };
    case 'Enter':
      return { type: 'toggle' };
    case ' ':
      return { type: 'choose' };
    case 'Escape':
      return { type: 'close' };
    default:
      return undefined;
  }
}

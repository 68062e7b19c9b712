import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';
import type { VirtualItem } from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The list as it is at this moment; sizes in pixels. */
export type VirtualList = {
  readonly count: number;
  readonly scroller: HTMLElement | null;
  readonly itemSize: number;
  /** Where the list begins inside the scroller. */
  readonly margin: number;
  keyOf(index: number): string | number;
};

const nothingYet: VirtualList = {
  count: 0,
  scroller: null,
  itemSize: 22,
  margin: 0,
  keyOf: (index) => index,
};

/** Draws only the items of a long list that can be seen, and ten beside them. Items measure themselves. */
export class VirtualController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #unmount: () => void = () => {};

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.#options(nothingYet));
    host.addController(this);
  }

  update(list: VirtualList): void {
    this.#virtualizer.setOptions(this.#options(list));
  }

  get items(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  get height(): number {
    return this.#virtualizer.getTotalSize();
  }

  /** To be called with the element of an item, which has its index in `data-index`. */
  readonly measure = (element: Element | undefined): void => {
    if (element instanceof HTMLElement) this.#virtualizer.measureElement(element);
  };

  show(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: 'auto' });
  }

  hostConnected(): void {
    this.#unmount = this.#virtualizer._didMount();
  }

  hostUpdated(): void {
    this.#virtualizer._willUpdate();
  }

  hostDisconnected(): void {
    this.#unmount();
  }

  #options({ count, scroller, itemSize, margin, keyOf }: VirtualList) {
    return {
      count,
      getScrollElement: () => scroller,
      estimateSize: () => itemSize,
      getItemKey: keyOf,
      scrollMargin: margin,
      overscan: 10,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => void this.#host.updateComplete.then(() => this.#host.requestUpdate()),
    };
  }
}

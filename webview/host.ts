import type { FromPanel } from '../core/protocol/fromPanel.ts';
import { connectPage, type PageHost } from './page.ts';
import type { View } from './view/view.ts';

export type Host = PageHost<FromPanel, View>;

/** After a reload of the window the extension host learns from what is kept which batch the panel shows. */
export function connectHost(): Host {
  const page = connectPage<FromPanel, object>();
  const batch = document.body.dataset['batch'];
  page.save({ ...Object(page.saved()), batch });
  return { ...page, save: (view) => page.save({ ...view, batch }) };
}

import type { FromPanel } from '../core/protocol/fromPanel.ts';
import type { View } from './view/view.ts';

/** The other side of the panel: the extension host, and what VS Code keeps for us over a reload. */
export type Host = {
  post(message: FromPanel): void;
  /** Whatever was saved last; it may come from another version. */
  saved(): unknown;
  save(view: View): void;
};

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** VS Code gives its interface out once per page load. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  // After a reload of the window the extension host learns from this which batch the panel shows.
  const batch = document.body.dataset['batch'];
  api.setState({ ...Object(api.getState()), batch });
  return {
    post: (message) => api.postMessage(message),
    saved: () => api.getState(),
    save: (view) => api.setState({ ...view, batch }),
  };
}

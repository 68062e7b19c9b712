import type { FromNewRun } from '../../core/protocol/newRun.ts';
import type { NewRunHost } from './store.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** VS Code gives its interface out once per page load. */
export function connectNewRunHost(): NewRunHost {
  const api = acquireVsCodeApi();
  return {
    post: (message: FromNewRun) => api.postMessage(message),
    saved: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

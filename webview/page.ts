declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The other side of a page: the extension host, and what VS Code keeps for us over a reload. */
export type PageHost<Message, State> = {
  post(message: Message): void;
  /** Whatever was saved last; it may come from another version. */
  saved(): unknown;
  save(state: State): void;
};

/** VS Code gives its interface out once per page load. */
export function connectPage<Message, State>(): PageHost<Message, State> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    saved: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

export type WhereInput = {
  /** `vscode.env.remoteName`: undefined when the window is not connected to a remote. */
  readonly remoteName: string | undefined;
  /** Whether this extension host runs where the workspace is, not where the window is. */
  readonly inWorkspace: boolean;
  readonly hostName: string;
};

const remotes = new Set(['ssh-remote', 'wsl', 'dev-container', 'attached-container', 'codespaces', 'tunnel']);

/** Whose `~/.ssh`, agent and network a batch uses: `keys and network: this computer` or `… ssh-remote build7`. */
export function keysAndNetwork({ remoteName, inWorkspace, hostName }: WhereInput): string {
  return `keys and network: ${place()}`;

  function place(): string {
    if (remoteName === undefined || !inWorkspace) return 'this computer';
    return remotes.has(remoteName) ? `${remoteName} ${hostName}` : hostName;
  }
}

import * as os from 'node:os';
import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchEvents } from '../../core/run/events.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import { attachEngine, type AttachedEngine } from '../../engine/client.ts';
import { askingSecrets } from '../features/run/giveSecrets.ts';
import type { Settings } from '../settings.ts';

/** The way to the engine process. Nothing is started and no socket opened before somebody needs it. */
export type EngineLink = Disposable & {
  /** Attaches on the first call and again after the engine went away. */
  client(): Promise<Result<EngineClient>>;
  readonly onEvents: Event<BatchEvents>;
  /** A new attachment is there: whoever keeps state asks again. */
  readonly onAttached: Event<EngineClient>;
  /** Why the engine went away. */
  readonly onGone: Event<string>;
};

export type EngineLinkDeps = {
  readonly context: vscode.ExtensionContext;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
};

export function createEngineLink(deps: EngineLinkDeps): EngineLink {
  const report = (error: unknown): void => deps.log.error(String(error));
  const events = new Emitter<BatchEvents>(report);
  const attached = new Emitter<EngineClient>(report);
  const gone = new Emitter<string>(report);
  let current: Promise<Result<AttachedEngine>> | undefined;

  const attach = async (): Promise<Result<AttachedEngine>> => {
    const result = await attachEngine(attachOptions(deps));
    if (!result.ok) {
      current = undefined;
      deps.log.error(`The engine did not start: ${result.error.message}`);
      return result;
    }
    const engine = { ...result.value, ...askingSecrets(result.value, deps.context.secrets) };
    deps.log.info(`Attached to the engine, process ${engine.pid}.`);
    engine.onEvents((value) => events.fire(value));
    engine.onGone((reason) => {
      current = undefined;
      deps.log.warn(`The engine went away: ${reason}`);
      gone.fire(reason);
    });
    attached.fire(engine);
    return { ok: true, value: engine };
  };

  const detach = (): void => {
    void current?.then((result) => result.ok && result.value.dispose());
    current = undefined;
  };
  // The engine has to know that the folder is trusted now; an untrusted client has no batches to lose.
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(detach);

  return {
    client: () => (current ??= attach()),
    onEvents: events.event,
    onAttached: attached.event,
    onGone: gone.event,
    dispose: () => {
      trust.dispose();
      detach();
    },
  };
}

function attachOptions({ context, settings }: EngineLinkDeps): Parameters<typeof attachEngine>[0] {
  const version: unknown = context.extension.packageJSON.version;
  return {
    context: clientContext(settings),
    enginePath: context.asAbsolutePath('dist/engine.js'),
    version: String(version),
    env: process.env,
    ...(settings.dataFolder === undefined ? {} : { dataDir: settings.dataFolder }),
  };
}

function clientContext(settings: Settings): ClientContext {
  const agentSocket =
    process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : process.env['SSH_AUTH_SOCK'];
  return {
    trusted: vscode.workspace.isTrusted,
    localNodes: 'allowed',
    user: os.userInfo().username,
    canPrompt: true,
    onClose: settings.onWindowClose,
    ...(agentSocket && { agentSocket }),
  };
}

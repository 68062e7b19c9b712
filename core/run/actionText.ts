import { allSteps, type LoadedPlaybook } from '../playbook/plannedStep.ts';
import { baseName } from '../util/baseName.ts';
import type { Action, ProcessAction, RunAs } from './action.ts';
import type { CopyAction } from './fileActions.ts';
import { loadedOf } from './loadedPlaybook.ts';

/** The action in one line, for headers and lists. */
export function actionTitle(action: Action): string {
  switch (action.type) {
    case 'command':
      return action.command;
    case 'script':
      return [baseName(action.file), ...action.args].join(' ');
    case 'copy':
      return `copy ${action.from.map(baseName).join(', ')} to ${action.to}`;
    case 'fetch':
      return `fetch ${action.from.join(', ')} to ${action.to}`;
    case 'playbook':
      return `${loadedOf(action)?.name ?? baseName(action.file)}${action.dryRun ? ' (dry run)' : ''}`;
  }
}

/** The action where it runs a process on the node: commands and scripts get the same beside their text. */
export function processOf(action: Action): ProcessAction | undefined {
  return action.type === 'command' || action.type === 'script' ? action : undefined;
}

/** Whether it runs until somebody stops it. */
export function isFollowed(action: Action): boolean {
  return action.type === 'command' && action.follow === true;
}

/** What the action has beside its title, for people: `as root (sudo)`, `in /srv`, `with LANG, TZ`, `12 bytes on stdin`. */
export function actionFacts(action: Action): readonly string[] {
  switch (action.type) {
    case 'command':
      return [...processFacts(action), ...(action.follow ? ['until it is stopped'] : [])];
    case 'script':
      return [
        ...(action.interpreter === undefined ? [] : [`by ${action.interpreter}`]),
        ...processFacts(action),
      ];
    case 'copy':
      return placingFacts(action);
    case 'fetch':
      return [...userFacts(action), ...(action.overwrite ? ['what is there is replaced'] : [])];
    case 'playbook': {
      const params = [...Object.keys(action.params), ...action.withheld];
      return playbookFacts(loadedOf(action)?.steps.length ?? 0, params);
    }
  }
}

/** How files are put on a node, for people. */
export function placingFacts({
  mode,
  owner,
  backup,
  runAs,
}: Omit<CopyAction, 'type' | 'from' | 'to'>): readonly string[] {
  return [
    ...userFacts({ runAs }),
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(backup ? ['what was there is kept'] : []),
  ];
}

/** As whom something is done on a node, for people. */
export function userFacts({ runAs }: { readonly runAs?: RunAs | undefined }): readonly string[] {
  return runAs === undefined ? [] : [`as ${runAs.user} (${runAs.method})`];
}

function playbookFacts(steps: number, params: readonly string[]): readonly string[] {
  return [
    steps === 1 ? '1 step' : `${steps} steps`,
    ...(params.length === 0 ? [] : [`with ${params.join(', ')}`]),
  ];
}

function processFacts({ env = {}, cwd, stdin, runAs, tty }: ProcessAction): readonly string[] {
  const names = Object.keys(env);
  return [
    ...userFacts({ runAs }),
    ...(cwd === undefined ? [] : [`in ${cwd}`]),
    ...(names.length === 0 ? [] : [`with ${names.join(', ')}`]),
    ...(stdin === undefined ? [] : [`${stdin.bytes} bytes on stdin`]),
    ...(tty ? ['in a terminal'] : []),
  ];
}

/** Every text of an action that a node or a server would act on, as it is written. */
export function actionTexts(action: Action): readonly string[] {
  switch (action.type) {
    case 'command':
      return [action.command];
    case 'script':
    case 'copy':
    case 'fetch':
      return [actionTitle(action)];
    case 'playbook':
      return playbookTexts(loadedOf(action));
  }
}

function playbookTexts(loaded: LoadedPlaybook | undefined): readonly string[] {
  if (!loaded) return [];
  return [...allSteps(loaded)].flatMap(({ does }) => {
    if (does.type === 'run' || does.type === 'wait-command') return [does.command];
    if (does.type === 'script') return [[does.from, ...does.args].join(' ')];
    if (does.type === 'copy' || does.type === 'template' || does.type === 'fetch')
      return [`${does.type} ${[does.from].flat().join(', ')} to ${does.to}`];
    if (does.type === 'ansible') return [`ansible-playbook ${does.from}`];
    return does.type === 'http' ? [`${does.request.method} ${does.request.url}`] : [];
  });
}

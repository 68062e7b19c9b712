import * as vscode from 'vscode';
import { isFollowed, processOf } from '../../../core/run/actionText.ts';
import type { Plan, Target } from '../../../core/run/plan.ts';
import { plainText, withoutIcons } from '../../model/plain.ts';
import { previewPrompt, previewTitle } from '../../model/previewText.ts';
import type { SilentNode } from './silentNodes.ts';

/** What a person chose in the preview. `nodes` are those still ticked. */
export type PreviewChoice =
  | { readonly type: 'run'; readonly nodes: readonly string[] }
  | { readonly type: 'toggleStrategy'; readonly nodes: readonly string[] }
  | { readonly type: 'chooseHow'; readonly nodes: readonly string[] }
  | { readonly type: 'options'; readonly nodes: readonly string[] }
  | { readonly type: 'back' }
  | { readonly type: 'dismissed' };

export type Preview = {
  readonly plan: Plan;
  readonly warnings: readonly string[];
  /** Nodes that gave no answer when they were asked before. */
  readonly silent: readonly SilentNode[];
  readonly warnAbove: number;
  /** `second`: there is a step before this one, to which one can go back. */
  readonly step: 'second' | 'only';
  /** Opens the plan as a text, below the preview, which stays. */
  showPlan(): void;
};

type NodeItem = vscode.QuickPickItem & { readonly node: string };

/** Shows the exact nodes that the plan would run on, each ticked. */
export function showPreview(preview: Preview): Promise<PreviewChoice> {
  const { plan, silent } = preview;
  const why = new Map(silent.map(({ node, message }) => [node, message]));
  const pick = createPick(preview, why);
  const strategy = strategyButton(plan);
  pick.buttons = buttonsOf(preview, strategy);
  const nodes = (): readonly string[] => {
    const chosen = new Set(pick.selectedItems.map((item) => item.node));
    return plan.targets.map((target) => target.node).filter((node) => chosen.has(node));
  };

  return new Promise((resolve) => {
    const finish = (choice: PreviewChoice): void => {
      resolve(choice);
      pick.hide();
    };
    const finishWith = (type: 'options' | 'chooseHow' | 'toggleStrategy'): void => {
      if (nodes().length > 0) finish({ type, nodes: nodes() });
    };
    const owned = [
      pick.onDidChangeSelection(() => {
        pick.title = plainText(previewTitle(nodes()));
      }),
      pick.onDidTriggerButton((button) => {
        if (button === leaveOutSilent)
          pick.selectedItems = pick.items.filter(
            ({ kind, node }) => kind !== vscode.QuickPickItemKind.Separator && !why.has(node),
          );
        else if (button === options) finishWith('options');
        else if (button === wholePlan) preview.showPlan();
        else if (button === howItRuns) finishWith('chooseHow');
        else if (button === strategy) finishWith('toggleStrategy');
        else finish({ type: 'back' });
      }),
      pick.onDidAccept(() => {
        if (nodes().length > 0) finish({ type: 'run', nodes: nodes() });
      }),
      pick.onDidHide(() => {
        resolve({ type: 'dismissed' });
        owned.forEach((each) => each.dispose());
        pick.dispose();
      }),
    ];
    pick.show();
  });
}

function buttonsOf(
  { plan, silent, step }: Preview,
  strategy: vscode.QuickInputButton | undefined,
): vscode.QuickInputButton[] {
  return [
    ...(step === 'second' ? [vscode.QuickInputButtons.Back] : []),
    ...(silent.length > 0 ? [leaveOutSilent] : []),
    ...(strategy ? [strategy, howItRuns] : []),
    ...(processOf(plan.action) ? [options] : []),
    ...(plan.action.type === 'playbook' ? [wholePlan] : []),
  ];
}

/** `why` says of nodes that do not answer what is known. */
function createPick(preview: Preview, why: ReadonlyMap<string, string>): vscode.QuickPick<NodeItem> {
  const { plan } = preview;
  const pick = vscode.window.createQuickPick<NodeItem>();
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  if (preview.step === 'second') {
    pick.step = 2;
    pick.totalSteps = 2;
  }
  pick.title = plainText(previewTitle(plan.targets.map((target) => target.node)));
  pick.placeholder = 'Enter runs; untick to leave out';
  const prompt = previewPrompt(plan, { ...preview, silent: [...why.keys()] });
  const items = plan.targets.map((target) => nodeItem(target, why.get(target.node)));
  pick.items = showPrompt(pick, withoutIcons(prompt)) ? items : [separator(plainText(prompt)), ...items];
  pick.selectedItems = items;
  return pick;
}

/** A row of its own between the input box and the list; before 1.108, VS Code has none. */
function showPrompt(pick: vscode.QuickPick<NodeItem>, prompt: string): boolean {
  if (!('prompt' in pick)) return false;
  Object.assign(pick, { prompt });
  return true;
}

const options: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('symbol-parameter'),
  tooltip: 'Options: User, Folder, Environment, Stdin, Terminal, Follow',
};

const leaveOutSilent: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('debug-disconnect'),
  tooltip: 'Leave Out Nodes That Do Not Answer',
};

const wholePlan: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('checklist'),
  tooltip: 'Show the Plan: What Each Step Does Where',
};

const howItRuns: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('settings'),
  tooltip: 'How It Runs: Waves, How Many at Once, Failures, Retries…',
};

/** One node needs no strategy, and what is followed has but one. */
function strategyButton({ action, executions, strategy }: Plan): vscode.QuickInputButton | undefined {
  if (executions.length < 2 || isFollowed(action)) return undefined;
  return strategy.mode === 'parallel'
    ? { iconPath: new vscode.ThemeIcon('list-ordered'), tooltip: 'Run One After the Other Instead' }
    : { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: 'Run in Parallel Instead' };
}

/** A text that can not be ticked, at the end of the first row. */
function separator(label: string): NodeItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, node: '' };
}

function nodeItem(target: Target, noAnswer: string | undefined): NodeItem {
  const { host, user, cwd } = target.options;
  const login = typeof user === 'string' ? `${user}@` : '';
  const place =
    typeof host === 'string'
      ? `${login}${host}`
      : `${target.transport} ${typeof cwd === 'string' ? cwd : ''}`;
  const description = [place.trim(), noAnswer === undefined ? '' : `does not answer: ${noAnswer}`]
    .filter(Boolean)
    .join(' · ');
  return { label: withoutIcons(target.node), description: withoutIcons(description), node: target.node };
}

import { builtInConfig, type Config, layerConfig, readConfig } from '../../../core/config/config.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { resolvePath } from '../../../core/inventory/paths.ts';
import { readInventory } from '../../../core/inventory/readInventory.ts';
import type { SourceRef } from '../../../core/inventory/source.ts';
import { compilePlaybook } from '../../../core/playbook/compile.ts';
import { isTaskFile } from '../../../core/playbook/kindOfFile.ts';
import { readPlaybook, readTask } from '../../../core/playbook/read/readPlaybook.ts';
import type { PlaybookFiles } from '../../../core/playbook/playbookFiles.ts';
import type { PlanQuery } from '../../../core/protocol/languageServer.ts';
import type { PlaybookAction } from '../../../core/run/action.ts';
import type { Plan, PlanRequest } from '../../../core/run/plan.ts';
import { planBatch, type Planned } from '../../../core/run/planBatch.ts';
import { templateMistakes } from '../../../core/run/planMistakes.ts';
import { fetchClash } from '../../../core/run/steps/fetchClash.ts';
import { type Files, withFiles } from '../../../core/run/steps/plannedFiles.ts';
import { previewSteps, type StepPreview } from '../../../core/run/steps/preview.ts';
import { refuse, type Result } from '../../../core/util/errors.ts';
import type { ReadPlaybook } from '../../../core/run/withPlaybook.ts';
import { formatProblem, hasErrors } from '../../../core/util/problem.ts';
import { refuseProblems } from '../../../core/util/refuseProblems.ts';
import { mergeParts } from '../mergeParts.ts';
import { canonicalUri, folderOf, pathOf, resolveUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** What a plan needs beside the workspace. */
export type PlanDeps = {
  readonly workspace: Workspace;
  /** A digest of a text: SHA-256 in hex. */
  readonly hash: (text: string) => string;
  /** A whole number for shuffles and samples that nobody gave a seed. */
  readonly seed: number;
  /** The home folder, which `~` means. */
  readonly home: string;
};

/** What a playbook would do, as `muster plan FILE --output json` says it; the rules are asked when it starts. */
export type PlanAnswer = {
  readonly version: 1;
  readonly dryRun: true;
  readonly plan: Plan;
  readonly notes: readonly string[];
  readonly steps: readonly StepPreview[];
};

/** A plan without the files that its steps send, and where its steps are written. */
export type Begun = Planned & Pick<ReadPlaybook, 'places'>;

/** Plans a playbook or task from the files and inventories that the workspace knows. Contacts nobody, and runs nothing. */
export function planPlaybook(query: PlanQuery, { workspace: all, ...deps }: PlanDeps): Result<Begun> {
  const uri = canonicalUri(query.uri);
  const workspace = all.near(uri);
  const text = textOf(uri, workspace);
  if (text === undefined)
    return refuse('INPUT_MISSING', `${pathOf(uri)} is not open, and in no folder that is open.`);
  const action = actionOf(query, { file: pathOf(uri), text });
  const config = configFor(uri, workspace);
  if (!config.ok) return config;
  const compiled = compilePlaybook(action, filesIn(workspace, deps.hash), config.value);
  if (!compiled.ok) return refuseProblems('INPUT_INVALID', compiled.problems);
  const sources = [...sourcesOf(workspace)];
  const selection = query.targets ?? '';
  const request: PlanRequest = { action, selection, sources, strategy: {}, limits: {} };
  const planned = planBatch(request, {
    ...deps,
    index: inventoryOf(workspace, deps.home),
    config: config.value,
    playbook: compiled,
    folder: pathOf(folderOf(uri)),
    files: (path) => textOf(resolveUri(uri, path) ?? uri, workspace),
  });
  return planned.ok ? { ok: true, value: { ...planned.value, places: compiled.places } } : planned;
}

/** The plan with the files that its steps send, or why they do not go together. */
export function planAnswer(begun: Begun, files: Files, hash: (text: string) => string): Result<PlanAnswer> {
  const { plan, notes } = withFiles(begun, files, hash);
  const clash = fetchClash(plan);
  if (clash !== undefined) return refuse('INPUT_INVALID', clash);
  const unfit = templateMistakes(plan, begun.places);
  if (hasErrors(unfit)) return refuseProblems('INPUT_INVALID', unfit);
  return {
    ok: true,
    value: {
      version: 1,
      dryRun: true,
      plan,
      notes: [...notes, ...unfit.map(formatProblem)],
      steps: previewSteps(plan),
    },
  };
}

/** Secrets are never a part of a plan: those that are given, and those that have to be, travel beside it. */
function actionOf(
  { params = {}, vars, tags, skipTags, startAt, only }: PlanQuery,
  { file, text }: { readonly file: string; readonly text: string },
): PlaybookAction {
  const { value } = isTaskFile(file) ? readTask(text) : readPlaybook(text);
  const withheld = [...(value?.params ?? [])].flatMap(([name, { sensitive, required }]) =>
    sensitive && (required || Object.hasOwn(params, name)) ? [name] : [],
  );
  const open = Object.entries(params).filter(([name]) => !withheld.includes(name));
  return {
    type: 'playbook',
    file,
    params: Object.fromEntries(open),
    withheld,
    ...(vars && { vars }),
    ...(tags && { tags }),
    ...(skipTags && { skipTags }),
    ...(startAt !== undefined && { startAt }),
    ...(only !== undefined && { only }),
  };
}

function filesIn(workspace: Workspace, hash: (text: string) => string): PlaybookFiles {
  return {
    read(path) {
      const text = textOf(uriOf(path), workspace);
      return text === undefined
        ? { message: `${path} is in no folder that is open, or can not be read.` }
        : { text };
    },
    resolve: (from, path) => {
      const uri = resolveUri(uriOf(from), path);
      return uri === undefined ? path : pathOf(uri);
    },
    hash,
  };
}

function textOf(uri: string, workspace: Workspace): string | undefined {
  return workspace.document(uri)?.document.getText() ?? workspace.text(uri)?.text;
}

/** A path of this machine as a URI; one of Windows begins with a drive. */
function uriOf(path: string): string {
  const segments = path.replace(/^(?!\/)/, '/').split('/');
  return canonicalUri(`file://${segments.map(encodeURIComponent).join('/')}`);
}

/** The workspace's own configuration over what is built in: that of a person is in no folder that is open. */
function configFor(uri: string, workspace: Workspace): Result<Config> {
  for (let folder = folderOf(uri); folder.includes('/'); folder = folderOf(folder)) {
    const found = workspace.document(`${folder}/.muster/config.yaml`);
    if (!found) continue;
    const file = pathOf(canonicalUri(found.document.uri));
    const { part, problems } = readConfig(found.document.getText(), { file, level: 'workspace' });
    if (hasErrors(problems)) return refuseProblems('INPUT_INVALID', problems);
    return { ok: true, value: layerConfig(builtInConfig, part) };
  }
  return { ok: true, value: builtInConfig };
}

/** The inventories as they are for a run: with paths from their own folders. */
function inventoryOf(workspace: Workspace, home: string): InventoryIndex {
  const own = workspace.inventories.flatMap((uri) => {
    const text = textOf(uri, workspace);
    const path = pathOf(uri);
    if (text === undefined) return [];
    const { part } = readInventory(text, {
      source: path,
      resolvePath: (each) => resolvePath(each, { path, home }),
    });
    return [{ uri: path, part }];
  });
  return mergeParts(own, workspace.snapshot).index;
}

/** The inventories as a command line would name them: not those that others name, and that in `.muster` first. */
function sourcesOf(workspace: Workspace): readonly SourceRef[] {
  const parts = workspace.inventories.map((uri) => ({ uri, part: workspace.document(uri)?.part }));
  const named = new Set(
    parts.flatMap(({ uri, part }) =>
      (part?.sources ?? []).map(({ path }) => resolvePath(path, { path: pathOf(uri), home: '' })),
    ),
  );
  const rank = (path: string): number => (path.endsWith('/.muster/inventory.yaml') ? 0 : 1);
  return parts
    .map(({ uri }) => pathOf(uri))
    .filter((path) => !named.has(path))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((path) => ({ type: 'muster', path }));
}

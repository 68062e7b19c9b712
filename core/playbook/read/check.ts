import type { Param } from '../../schema/param.ts';
import { innerSteps, type Step } from '../../schema/step.ts';
import { nearest } from '../../util/nearest.ts';
import { meantOr, byPlace, type Problem } from '../../util/problem.ts';
import type { Path } from '../../yaml/places.ts';
import { strangeUrl } from '../../run/steps/url.ts';
import { checkParam } from '../params.ts';
import { batchFields, nodeFields, resultFields, stepFields } from '../template/fields.ts';
import { graphProblems, type StepProblem } from './graph.ts';
import { templateTexts, type TemplateSource, type TemplateText } from './texts.ts';

/** What a file has for its templates to look up. */
export type Declared = {
  readonly params: ReadonlyMap<string, Param>;
  readonly secrets: readonly string[];
  /** A configuration that is not known here may have other secrets. */
  readonly hasOthers: boolean;
  /** Lists of steps at the top of the file, by their key and all the way down. */
  readonly lists: readonly { readonly path: Path; readonly steps: readonly Step[] }[];
  readonly handlers: readonly Step[];
};

/** What the configuration has for templates, where that is known. */
export type Outer = { readonly secrets: readonly string[] };

/** What is wrong with a file of steps beyond its shape: templates, names of steps and parameters, circles. */
export function checkSteps(source: TemplateSource, declared: Declared): readonly Problem[] {
  const texts = templateTexts(source);
  const lists = listsOf(declared);
  const ids = new Map(
    lists.flatMap(({ steps, path }) =>
      steps.flatMap(({ id }, at) => (id === undefined ? [] : [[id, [...path, at, 'id']] as const])),
    ),
  );
  const graph = lists.flatMap((list) => graphProblems(list, ids));
  const placed = [
    ...graph,
    ...lists.flatMap(({ steps, path }) => strangeAddresses(steps, path)),
    ...unknownHandlers(lists, declared.handlers),
    ...wrongDefaults(declared.params),
  ].map((problem) => placedProblem(problem, source));
  for (const text of texts) placed.push(...text.problems);
  placed.push(...unknownNames(texts, declared));
  return placed.toSorted(byPlace);
}

/** Names in texts that are not there for them, as far as that is known before anything runs. */
export function unknownNames(texts: readonly TemplateText[], declared: Declared): readonly Problem[] {
  const lists = listsOf(declared);
  const known = knownIn(
    declared,
    lists.flatMap(({ steps }) => steps),
  );
  const names: Names = { known, loops: loopsIn(lists), hasOthers: declared.hasOthers };
  const found: Problem[] = [];
  for (const text of texts) if (text.written.lookUps.length > 0) found.push(...unknownNamesIn(text, names));
  return found;
}

function listsOf({ lists }: Declared): readonly List[] {
  return lists.flatMap(({ path, steps }) => listsIn(steps, path));
}

function placedProblem({ path, related, ...problem }: StepProblem, { document }: TemplateSource): Problem {
  return {
    ...problem,
    severity: 'error',
    range: document.rangeOf(path, 'value'),
    ...(related && {
      related: related.map((place) => ({
        message: place.message,
        range: document.rangeOf(place.path, 'value'),
      })),
    }),
  };
}

type List = { readonly path: Path; readonly steps: readonly Step[] };

/** A list of steps and all those inside of it. */
export function listsIn(steps: readonly Step[], path: Path): readonly List[] {
  const inner = steps.flatMap((step, at) =>
    innerSteps.flatMap((key) => listsIn(step[key] ?? [], [...path, at, key])),
  );
  return steps.length === 0 ? [] : [{ path, steps }, ...inner];
}

function unknownHandlers(lists: readonly List[], handlers: readonly Step[]): readonly StepProblem[] {
  const ids = handlers.flatMap(({ id }) => id ?? []);
  return lists.flatMap(({ steps, path }) =>
    steps.flatMap(({ notify = [] }, at) =>
      notify.flatMap((id, place): StepProblem[] => {
        if (ids.includes(id)) return [];
        const near = nearest(id, ids);
        const what = meantOr(near, `Handlers: ${ids.join(', ') || 'none'}.`);
        const message = `There is no handler "${id}".`;
        return [{ path: [...path, at, 'notify', place], code: 'playbook/unknown-handler', message, ...what }];
      }),
    ),
  );
}

/** Addresses that no request can be sent to, whatever is filled in. */
function strangeAddresses(steps: readonly Step[], path: Path): readonly StepProblem[] {
  return steps.flatMap(({ http }, at): StepProblem[] => {
    if (!http || http.service !== undefined) return [];
    const [known = ''] = http.url.split('{{');
    const isWhole = known === http.url || known.startsWith('/') || known.includes('://');
    const said = isWhole ? strangeUrl(known === http.url ? known : `${known}x`, http.url) : { value: known };
    if ('value' in said) return [];
    return [{ path: [...path, at, 'http', 'url'], code: 'playbook/address', message: said.message }];
  });
}

function wrongDefaults(params: Declared['params']): readonly StepProblem[] {
  return [...params].flatMap(([name, param]): StepProblem[] => {
    const checked = param.default === undefined ? undefined : checkParam(param, param.default);
    if (!checked || checked.ok) return [];
    return [{ path: ['params', name, 'default'], code: 'playbook/param', message: checked.message }];
  });
}

/** What can be looked up below a name; undefined where that is not known before it runs. */
type Known = ReadonlyMap<string, ReadonlySet<string> | undefined>;

function knownIn({ params, secrets }: Declared, steps: readonly Step[]): Known {
  return new Map<string, ReadonlySet<string> | undefined>([
    ['vars', undefined],
    ['node', new Set(nodeFields)],
    ['batch', new Set(batchFields)],
    ['result', new Set(resultFields)],
    ['params', new Set(params.keys())],
    ['secret', new Set(secrets)],
    ['steps', new Set(steps.flatMap(({ id }) => id ?? []))],
    ['item', undefined],
    ['index', undefined],
  ]);
}

/** Where steps with a loop stand. */
function loopsIn(lists: readonly List[]): readonly Path[] {
  return lists.flatMap(({ steps, path }) =>
    steps.flatMap(({ loop }, at): Path[] => (loop === undefined ? [] : [[...path, at]])),
  );
}

/** An error where no severity is said. */
type Said = Pick<Problem, 'code' | 'message' | 'fix' | 'name' | 'meant'> & Partial<Pick<Problem, 'severity'>>;

/** What the names of a file may be. */
type Names = {
  readonly known: Known;
  readonly loops: readonly Path[];
  /** Whether the configuration may have secrets too. */
  readonly hasOthers: boolean;
};

function* unknownNamesIn(text: TemplateText, names: Names): Iterable<Problem> {
  for (const { path, start, end } of text.written.lookUps) {
    const said = nameProblem(path, text, names) ?? keyProblem(path, text, names);
    if (said) yield text.at({ start, end }, { severity: 'error', ...said });
  }
}

/** Texts about what came of their own step. */
const ofResult: ReadonlySet<unknown> = new Set(['until', 'changedWhen', 'failedWhen']);

/** Words of YAML 1.1, which are names here. */
const truths: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['on', 'true'],
  ['no', 'false'],
  ['off', 'false'],
]);

/** What is wrong with the first part of a path. */
function nameProblem(
  [name = '']: readonly string[],
  text: TemplateText,
  { known, loops }: Names,
): Said | undefined {
  if (!known.has(name)) {
    const near = truths.get(name.toLowerCase()) ?? nearest(name, known.keys());
    const others = `Write vars.${name}, params.${name} or another of: ${[...known.keys()].join(', ')}.`;
    const message = `There is no "${name}".`;
    return { code: 'playbook/unknown-name', message, ...meantOr(near, others), name };
  }
  if ((name === 'item' || name === 'index') && !isIn(loops, text.path)) {
    const message = `"${name}" is only there in a loop.`;
    return { code: 'playbook/no-loop', message, fix: 'Give the step a "loop".' };
  }
  if (name === 'result' && !ofResult.has(text.key)) {
    const message = '"result" is only there in until, changedWhen and failedWhen.';
    return { code: 'playbook/no-result', message, fix: 'Write steps.ID, with the id of the step.' };
  }
  return undefined;
}

function isIn(steps: readonly Path[], path: Path): boolean {
  return steps.some((step) => step.every((key, at) => path[at] === key));
}

/** What is wrong with what comes after it, where all that there is is known. */
function keyProblem(
  path: readonly string[],
  { written: { asked } }: TemplateText,
  { known, hasOthers }: Names,
): Said | undefined {
  const [name = '', key, field] = path;
  const keys = known.get(name);
  if (!keys || key === undefined) return undefined;
  // What a text asks for, or has something instead of, gets its answer.
  const isAsked = asked.size > 0 && asked.has(path.join('.'));
  if (name === 'node' && isAsked) return undefined;
  if (name === 'steps' && keys.has(key)) return isAsked ? undefined : unknownField(field, key);
  if (keys.has(key)) return undefined;
  const near = nearest(key, keys);
  if (name === 'secret' && hasOthers) return perhapsConfigured(key, near);
  const message = `There is no "${key}" in ${name}.`;
  const what = meantOr(near, keys.size > 0 ? `There are: ${[...keys].join(', ')}.` : 'There are none.');
  return { code: `playbook/unknown-${name}`, message, ...what, name: key };
}

/** Of what came of a step there are only some things. */
function unknownField(field: string | undefined, id: string): Said | undefined {
  if (field === undefined || stepFields.some((each) => each === field)) return undefined;
  const near = nearest(field, stepFields);
  const what = meantOr(near, `There are: ${stepFields.join(', ')}.`);
  const message = `There is no "${field}" in steps.${id}.`;
  return { code: 'playbook/unknown-result', message, ...what, name: field };
}

/** A secret that the file does not name: the configuration may. */
function perhapsConfigured(name: string, near: string | undefined): Said {
  const message = `This file has no secret "${name}".`;
  const other = `If config.yaml has none either, name it under "secrets".`;
  return { code: 'playbook/unknown-secret', severity: 'warning', message, ...meantOr(near, other), name };
}

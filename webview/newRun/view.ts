import { emptyForm } from '../../core/run/form/emptyForm.ts';
import type { FieldProblem, FormField, RunForm } from '../../core/run/form/form.ts';

export const targetTabs = ['groups', 'tags', 'nodes', 'saved'] as const;
export type TargetTab = (typeof targetTabs)[number];

/** What a person set up on the page beside the form; kept over hide, show and reload. */
export type NewRunView = {
  readonly tab: TargetTab;
  readonly search: string;
  /** Groups and tags whose nodes are listed below them. */
  readonly open: readonly string[];
  /** Whether the fields that few runs need are shown. */
  readonly more: boolean;
  /** Fields that were left at least once: only they say what is wrong with them. */
  readonly left: readonly Place[];
  /** Whether all nodes of the preview are listed. */
  readonly listed: boolean;
  /** Nodes that were left out in that list. */
  readonly leftOut: readonly string[];
  /** Whether the lists of targets are open where the page is narrow; elsewhere they always are. */
  readonly lists: boolean;
  /** How parameters are shown: two views of one value. */
  readonly paramsAs: 'form' | 'json';
  readonly fileSearch: string;
};

/** A field, or the one of a parameter or secret. */
export type Place = FormField | `param:${string}`;

export function placeOf({ field, param }: FieldProblem): Place {
  return param === undefined ? field : `param:${param}`;
}

export const firstView: NewRunView = {
  tab: 'groups',
  search: '',
  open: [],
  more: false,
  left: [],
  listed: false,
  leftOut: [],
  lists: false,
  paramsAs: 'form',
  fileSearch: '',
};

/** From what was saved, by this version or another: what does not fit is left out. */
export function viewFrom(saved: unknown): NewRunView {
  const view = recordIn(saved, 'view');
  const left = Array.isArray(view['left']) ? view['left'] : [];
  return {
    ...firstView,
    tab: targetTabs.find((tab) => tab === view['tab']) ?? firstView.tab,
    more: view['more'] === true,
    paramsAs: view['paramsAs'] === 'json' ? 'json' : 'form',
    left: fields.filter((field) => left.includes(field)),
  };
}

export function formFrom(saved: unknown): RunForm {
  const form = recordIn(saved, 'form');
  const known = fields.filter(
    (field) => form[field] !== null && typeof form[field] === typeof emptyForm[field],
  );
  return { ...emptyForm, ...Object.fromEntries(known.map((field) => [field, form[field]])) };
}

const fields = Object.keys(emptyForm) as FormField[];

function recordIn(saved: unknown, name: string): Record<string, unknown> {
  if (typeof saved !== 'object' || saved === null) return {};
  const value: unknown = Object.entries(saved).find(([key]) => key === name)?.[1];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

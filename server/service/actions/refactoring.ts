import type { Repair } from '../diagnostics/finding.ts';
import type { MusterDocument } from '../document.ts';
import type { Path } from '../../../core/yaml/places.ts';

export type Refactoring = Repair & { readonly kind: string };

/** A place in a document, with the step around it. */
export type At = { readonly document: MusterDocument; readonly path: Path; readonly step: Path | undefined };

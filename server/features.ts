import { editing } from './editing.ts';
import type { Feature } from './feature.ts';
import { navigation } from './navigation.ts';
import { planning } from './planning.ts';

/** What the server can do, but for mending what it finds: that needs its findings. */
export const features: readonly Feature[] = [...navigation, ...editing, planning];

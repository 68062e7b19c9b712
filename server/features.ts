import { editing } from './editing.ts';
import type { Feature } from './feature.ts';
import { navigation } from './navigation.ts';

/** Everything that the server can do. */
export const features: readonly Feature[] = [...navigation, ...editing];

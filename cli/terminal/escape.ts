export { escapeLine, escapeText } from '../../core/util/escape.ts';

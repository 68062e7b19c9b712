export { languageOf } from '../../core/schema/languages.ts';

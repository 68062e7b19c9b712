import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunForm } from '../../core/run/form/form.ts';
import { checkField, choiceBox, type Drawing, textField } from './field.ts';
import { fileField } from './fileField.ts';
import { paramFields } from './paramFields.ts';

const methods: readonly (readonly [RunForm['runAsBy'], string])[] = [
  ['sudo', 'sudo'],
  ['su', 'su'],
  ['doas', 'doas'],
];

/** The fields that a kind of action has of its own. */
export function kindFields(drawing: Drawing): TemplateResult {
  switch (drawing.model.form.kind) {
    case 'command':
      return html`${command(drawing)} ${process(drawing)}`;
    case 'script':
      return html`${fileField(drawing, 'script')}
      ${drawing.model.form.script === '' ? nothing : script(drawing)}`;
    case 'task':
    case 'playbook':
      return html`${fileField(drawing, drawing.model.form.kind)} ${paramFields(drawing)}
      ${checkField(drawing, 'dryRun', 'Dry run on nodes: does what supports a dry run; other steps say what they would do')}`;
    case 'copy':
      return copy(drawing);
    case 'fetch':
      return fetch(drawing);
  }
}

function command(drawing: Drawing): TemplateResult {
  return html`<div class="above">
      <button class="link" @click=${() => drawing.store.ask('history')}>History…</button>
    </div>
    ${textField(drawing, 'command', {
      label: 'Command',
      placeholder: 'uptime',
      isLong: true,
      isCode: true,
    })}`;
}

function script(drawing: Drawing): TemplateResult {
  return html`<div class="three">
      ${textField(drawing, 'args', { label: 'Arguments', placeholder: 'none; quote those with spaces' })}
      ${textField(drawing, 'interpreter', { label: 'Interpreter', placeholder: 'as its first line says' })}
    </div>
    ${process(drawing)}`;
}

/** What commands and scripts get beside their text. */
function process(drawing: Drawing): TemplateResult {
  return html`<div class="three">
    ${runAs(drawing)} ${textField(drawing, 'cwd', { label: 'Folder', placeholder: 'home folder' })}
    ${timeLimit(drawing)}
  </div>`;
}

function runAs(drawing: Drawing): TemplateResult {
  const { model, store } = drawing;
  const method = { choices: methods, value: model.form.runAsBy };
  return html`<div class="pair">
    ${textField(drawing, 'runAs', { label: 'Run as', placeholder: 'login user' })}
    ${choiceBox('By', { ...method, choose: (runAsBy) => store.change({ runAsBy }, 0) })}
  </div>`;
}

function timeLimit(drawing: Drawing): TemplateResult {
  return textField(drawing, 'timeout', { label: 'Stop each after', placeholder: 'as configured' });
}

function copy(drawing: Drawing): TemplateResult {
  return html`<div class="above">
      <button class="link" @click=${() => drawing.store.choose('copyFrom')}>Choose Files…</button>
    </div>
    ${textField(drawing, 'copyFrom', {
      label: 'Files of this machine',
      placeholder: '/home/me/app.conf',
      hint: 'Absolute paths of files and folders, a line each. {node} is the name of the node.',
      isLong: true,
      isCode: true,
    })}
    <div class="three">
      ${textField(drawing, 'copyTo', { label: 'Place on the nodes', placeholder: '/etc/app/' })}
      ${textField(drawing, 'fileMode', { label: 'Mode', placeholder: 'as it is; 0644' })}
      ${textField(drawing, 'owner', { label: 'Owner', placeholder: 'user:group' })} ${runAs(drawing)}
      ${timeLimit(drawing)}
    </div>
    ${checkField(drawing, 'backup', 'Keep what was there beside it')}`;
}

function fetch(drawing: Drawing): TemplateResult {
  return html`${textField(drawing, 'fetchFrom', {
      label: 'Files of the nodes',
      placeholder: '/var/log/syslog',
      hint: 'Paths of files and folders, a line each.',
      isLong: true,
      isCode: true,
    })}
    <div class="kind">
      <div class="above">
        <button class="link" @click=${() => drawing.store.choose('fetchTo')}>Choose Folder…</button>
      </div>
      ${textField(drawing, 'fetchTo', {
        label: 'Folder of this machine',
        placeholder: 'each node gets its own in it',
        isCode: true,
      })}
    </div>
    <div class="three">${runAs(drawing)} ${timeLimit(drawing)}</div>
    ${checkField(drawing, 'overwrite', 'Replace files that are there already')}`;
}

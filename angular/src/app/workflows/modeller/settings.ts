import { FieldKind, FormOption, VariableType } from '../models';
import { ModdleElement } from './diagram';

/** What our extensions say about a node, as plain values: read here, written by `settings-writer`. */

export type AssigneeKind = 'Role' | 'Office' | 'Person' | 'SameAs' | 'Expression';
export const ASSIGNEE_KINDS: readonly AssigneeKind[] = ['Role', 'Office', 'Person', 'SameAs', 'Expression'];
export type RegionRole = 'Subject' | 'Parent' | 'Issuer';
export const REGION_ROLES: readonly RegionRole[] = ['Subject', 'Parent', 'Issuer'];
export const FIELD_KINDS: readonly FieldKind[] = [
  'Text',
  'LongText',
  'Number',
  'Boolean',
  'Date',
  'Choice',
  'Choices',
];

/** Kinds that are answered by options. */
export function takesOptions(kind: FieldKind): boolean {
  return kind === 'Choice' || kind === 'Choices';
}

export interface AssigneeRule {
  readonly kind: AssigneeKind;
  readonly value: string;
  readonly region: RegionRole;
  readonly notWhoDid: readonly string[];
}

export interface FieldSettings {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly options: readonly FormOption[];
}

export interface FormSettings {
  readonly batch: boolean;
  readonly fields: readonly FieldSettings[];
}

export interface DueSettings {
  readonly value: string;
  readonly working: boolean;
}

export interface ServiceSettings {
  readonly handler: string;
  readonly actsFor: RegionRole;
  readonly attempts: number;
  readonly firstWait: string;
}

export interface VariableSettings {
  readonly name: string;
  readonly type: VariableType;
  readonly label: string;
}

export type TimerKind = 'Date' | 'Duration' | 'Cycle';
export const TIMER_KINDS: readonly TimerKind[] = ['Duration', 'Date', 'Cycle'];

export interface TimerSettings {
  readonly kind: TimerKind;
  readonly text: string;
  readonly working: boolean;
}

export interface LoopSettings {
  readonly sequential: boolean;
  readonly cardinality: string;
  readonly collection: string;
  readonly itemVariable: string;
  readonly completion: string;
  readonly outputCollection: string;
  readonly outputItem: string;
}

export const TIMER_PROPERTIES: Readonly<Record<TimerKind, string>> = {
  Date: 'timeDate',
  Duration: 'timeDuration',
  Cycle: 'timeCycle',
};

export function extensionsOf(element: ModdleElement): readonly ModdleElement[] {
  const extensions = element.get('extensionElements') as ModdleElement | undefined;
  return (extensions?.get('values') as ModdleElement[] | undefined) ?? [];
}

export function extensionOf(element: ModdleElement, type: string): ModdleElement | undefined {
  return extensionsOf(element).find((value) => value.$type === type);
}

const text = (element: ModdleElement | undefined, name: string) => {
  const value = element?.get(name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

const many = (element: ModdleElement | undefined, name: string) =>
  (element?.get(name) as ModdleElement[] | undefined) ?? [];

function oneOf<T extends string>(values: readonly T[], value: string, otherwise: T): T {
  return values.find((known) => known === value) ?? otherwise;
}

export function readAssignee(element: ModdleElement): AssigneeRule | null {
  const rule = extensionOf(element, 'pilot:Assignee');
  return rule
    ? {
        kind: oneOf(ASSIGNEE_KINDS, text(rule, 'kind'), 'Role'),
        value: text(rule, 'value'),
        region: oneOf(REGION_ROLES, text(rule, 'region'), 'Subject'),
        notWhoDid: many(rule, 'exclusions').map((exclusion) => text(exclusion, 'step')),
      }
    : null;
}

export function readForm(element: ModdleElement): FormSettings {
  const form = extensionOf(element, 'pilot:Form');
  return {
    batch: form?.get('batch') === true,
    fields: many(form, 'fields').map((field) => ({
      name: text(field, 'name'),
      label: text(field, 'label'),
      kind: oneOf(FIELD_KINDS, text(field, 'kind'), 'Text'),
      required: field.get('required') === true,
      options: many(field, 'options').map((option) => ({
        value: text(option, 'value'),
        label: text(option, 'label'),
      })),
    })),
  };
}

export function readDue(element: ModdleElement): DueSettings | null {
  const due = extensionOf(element, 'pilot:Due');
  return due ? { value: text(due, 'value'), working: text(due, 'calendar') === 'working' } : null;
}

export function readCompletedBy(element: ModdleElement): string {
  return text(extensionOf(element, 'pilot:CompletedBy'), 'event');
}

export function readConfidential(element: ModdleElement): boolean {
  return extensionOf(element, 'pilot:Confidential') !== undefined;
}

export function readService(element: ModdleElement): ServiceSettings {
  const service = extensionOf(element, 'pilot:Service');
  return {
    handler: text(service, 'handler'),
    actsFor: oneOf(REGION_ROLES, text(service, 'actsFor'), 'Subject'),
    attempts: Number(text(service, 'attempts') || 3),
    firstWait: text(service, 'firstWait') || 'PT10S',
  };
}

export function readNotice(element: ModdleElement): string {
  return text(extensionOf(element, 'pilot:Text'), 'body').trim();
}

const VARIABLE_TYPES: readonly VariableType[] = ['Text', 'Number', 'Boolean', 'Date', 'DateTime', 'List'];

export function readVariables(process: ModdleElement): readonly VariableSettings[] {
  return many(extensionOf(process, 'pilot:Variables'), 'variables').map((variable) => ({
    name: text(variable, 'name'),
    type: oneOf(VARIABLE_TYPES, text(variable, 'type'), 'Text'),
    label: text(variable, 'label'),
  }));
}

export function eventDefinitionOf(element: ModdleElement): ModdleElement | undefined {
  return many(element, 'eventDefinitions')[0];
}

/** Name of an event's kind as in pictures: timer, message, error, terminate, none. */
export function eventKindOf(element: ModdleElement): string {
  const type = eventDefinitionOf(element)?.$type ?? '';
  const name = type.replace('bpmn:', '').replace('EventDefinition', '');
  return name ? name.charAt(0).toLowerCase() + name.slice(1) : 'none';
}

export function readTimer(element: ModdleElement): TimerSettings {
  const definition = eventDefinitionOf(element);
  for (const kind of TIMER_KINDS) {
    const expression = definition?.get(TIMER_PROPERTIES[kind]) as ModdleElement | undefined;
    if (expression) {
      return {
        kind,
        text: text(expression, 'body').trim(),
        working: text(expression, 'pilot:calendar') === 'working',
      };
    }
  }
  return { kind: 'Duration', text: '', working: false };
}

export function readMessage(element: ModdleElement): string {
  return text(eventDefinitionOf(element)?.get('messageRef') as ModdleElement | undefined, 'name');
}

export function readErrorCode(element: ModdleElement): string {
  return text(eventDefinitionOf(element)?.get('errorRef') as ModdleElement | undefined, 'errorCode');
}

export function readCondition(flow: ModdleElement): string {
  return text(flow.get('conditionExpression') as ModdleElement | undefined, 'body').trim();
}

export function readLoop(element: ModdleElement): LoopSettings | null {
  const loop = element.get('loopCharacteristics') as ModdleElement | undefined;
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    return null;
  }
  const body = (name: string) => text(loop.get(name) as ModdleElement | undefined, 'body').trim();
  return {
    sequential: loop.get('isSequential') === true,
    cardinality: body('loopCardinality'),
    collection: text(loop, 'pilot:collection'),
    itemVariable: text(loop, 'pilot:itemVariable'),
    completion: body('completionCondition'),
    outputCollection: text(loop, 'pilot:outputCollection'),
    outputItem: text(loop, 'pilot:outputItem'),
  };
}

export function readDocumentation(element: ModdleElement): string {
  return text(many(element, 'documentation')[0], 'text');
}

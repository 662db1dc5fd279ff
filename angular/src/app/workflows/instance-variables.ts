import { InstanceDto } from '@api/models';
import { VARIABLE_TYPES, VariableType } from './models';

export interface InstanceVariable {
  readonly name: string;
  readonly label: string;
  readonly type: VariableType;
  /** As JSON or text, for showing. */
  readonly value: string;
}

const PILOT = 'urn:pilotplatform:bpmn';

/** The declared variables of a running flow with what they hold. */
export function variablesOf(instance: Pick<InstanceDto, 'xml' | 'variables'>): InstanceVariable[] {
  const values = instance.variables as Readonly<Record<string, unknown>>;
  const document = new DOMParser().parseFromString(instance.xml, 'application/xml');
  return [...document.getElementsByTagNameNS(PILOT, 'variable')].map((declared) => {
    const name = declared.getAttribute('name') ?? '';
    const value = values[name];
    return {
      name,
      label: declared.getAttribute('label') ?? '',
      type: VARIABLE_TYPES.find((type) => type === declared.getAttribute('type')) ?? 'Text',
      value: typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value),
    };
  });
}

/** A typed text as a value of a type; blank is null, undefined where it does not fit. */
export function readValue(text: string, type: VariableType): unknown {
  const typed = text.trim();
  if (typed === '') {
    return null;
  }
  switch (type) {
    case 'Number':
      return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined;
    case 'Boolean':
      return typed === 'true' ? true : typed === 'false' ? false : undefined;
    case 'Date':
      return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : undefined;
    case 'DateTime':
      return /^\d{4}-\d{2}-\d{2}T/.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : undefined;
    case 'List':
      return readList(typed);
    case 'Text':
      return text;
  }
}

function readList(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    // Not JSON: said beside the field.
    return undefined;
  }
}

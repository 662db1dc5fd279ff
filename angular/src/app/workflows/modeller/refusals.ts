import { TranslocoService } from '@jsverse/transloco';
import { BpmnDocument, readBpmn } from '../flow/bpmn-document';
import { Finding } from '../models';

/** What an imported file holds that the engine does not execute, as whoever drew it can find it again. */
export interface RefusedElement {
  /** The name in the drawing; else its id; empty for the file as a whole. */
  readonly name: string;
  readonly text: string;
}

/** The refusals of a file in words; the draft on the canvas is another model, so names are read from the file. */
export function refusedElements(
  findings: readonly Finding[],
  xml: string,
  transloco: TranslocoService,
): RefusedElement[] {
  const refused = findings.filter((finding) => finding.code === 'refused');
  // What is no XML at all has no elements to be named, and the browser would complain of it.
  const document = refused.some((finding) => finding.elementId) ? documentOf(xml) : null;
  return refused.map((finding) => ({
    name: finding.elementId ? document?.elements.get(finding.elementId)?.name || finding.elementId : '',
    text: refusalText(finding.values, transloco),
  }));
}

/** “信号事件：平台在此处不支持这种事件（文件第 12 行）”. */
export function refusalText(values: Finding['values'], transloco: TranslocoService): string {
  const { type = '', reason = '', line = '' } = values;
  return transloco.translate(`workflows.finding.${type === 'document' ? 'refusedFile' : 'refused'}`, {
    type: typeText(type, transloco),
    reason: known(transloco.translate(`workflows.refusal.${reason}`), reason),
    line,
  });
}

/** What BPMN's own word for it is, where we have none. */
function typeText(type: string, transloco: TranslocoService): string {
  const event = /^(\w+)EventDefinition$/.exec(type)?.[1];
  return event
    ? transloco.translate('workflows.refusal.event', {
        event: known(transloco.translate(`workflows.event.${event}`), event),
      })
    : known(transloco.translate(`workflows.type.${type}`), type);
}

/** What has no words of its own is called as in the file. */
function known(words: string, otherwise: string): string {
  return /^workflows\.\w+\./.test(words) ? otherwise : words;
}

function documentOf(xml: string): BpmnDocument | null {
  try {
    return readBpmn(xml);
  } catch {
    // What is no XML has no names; the refusal says so.
    return null;
  }
}

import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { BpmnModdle } from 'bpmn-moddle';
import texts from '../../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../../testing/texts';
import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { DiagramElement, Moddle, ModdleElement, Modeling } from './diagram';
import { FlowEditor, NodeRow } from './flow-editor';
import { PILOT_MODDLE } from './pilot-moddle';
import { PropertiesPanel } from './properties-panel';
import { readForm, readVariables } from './settings';
import { SettingsWriter } from './settings-writer';
import { TableEditor } from './table-editor';

const CHECK: NodeRow = {
  id: 'check',
  name: '形式审查',
  type: 'userTask',
  event: 'none',
  loop: null,
  interrupting: true,
  parentId: 'submission',
  hostId: null,
};

/** The model as the editor shows it, without a canvas: commands change it at once. */
async function model() {
  const moddle = new BpmnModdle({ pilot: PILOT_MODDLE }) as unknown as Moddle & {
    fromXML(
      xml: string,
    ): Promise<{ rootElement: ModdleElement; elementsById: Record<string, ModdleElement> }>;
  };
  const { rootElement, elementsById } = await moddle.fromXML(SAMPLE_FLOW);
  const revision = signal(0);
  const selectedId = signal<string | null>(null);
  const set = (target: ModdleElement, properties: object) => {
    for (const [name, value] of Object.entries(properties)) {
      (target as unknown as { set(name: string, value: unknown): void }).set(name, value);
    }
    revision.update((count) => count + 1);
  };
  const modeling = {
    updateProperties: (element: DiagramElement, properties: object) => {
      set(element.businessObject, properties);
    },
    updateModdleProperties: (_: DiagramElement, target: ModdleElement, properties: object) => {
      set(target, properties);
    },
  } as unknown as Modeling;
  const process = elementsById['submission'] as ModdleElement;
  const element = (id: string) =>
    ({
      id,
      businessObject: elementsById[id],
      type: elementsById[id]?.$type,
      outgoing: [],
    }) as unknown as DiagramElement;
  const editor = {
    revision,
    selectedId,
    select: (id: string) => {
      selectedId.set(id);
    },
    nodes: () => [CHECK],
    flows: () => [],
    element,
    kindOf: () => null,
    process: () => ({ root: element('submission'), process }),
    variables: () => {
      revision();
      return readVariables(process);
    },
    write: new SettingsWriter(moddle, modeling, () => rootElement),
  } as unknown as FlowEditor;
  return { editor, check: elementsById['check'] as ModdleElement, process };
}

describe('table view', () => {
  it('leads to the panel, where a field is made to take several options without a mouse', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
    const { editor, check, process } = await model();
    const table = TestBed.createComponent(TableEditor);
    table.componentRef.setInput('editor', editor);
    const opened: string[] = [];
    table.componentInstance.edit.subscribe((id) => opened.push(id));
    await table.whenStable();
    const row = (table.nativeElement as HTMLElement).querySelector('tbody tr');
    expect(row?.textContent).toContain('形式审查');
    row?.querySelector<HTMLButtonElement>('button')?.click();
    expect(opened).toEqual(['check']);

    const panel = TestBed.createComponent(PropertiesPanel);
    panel.componentRef.setInput('editor', editor);
    panel.componentRef.setInput('elementId', opened[0]);
    await panel.whenStable();
    const root = panel.nativeElement as HTMLElement;
    const select = [...root.querySelectorAll<HTMLSelectElement>('app-form-editor select')][0];
    expect(select?.tabIndex).toBe(0);
    if (select) {
      select.value = 'Choices';
      select.dispatchEvent(new Event('change'));
    }
    await panel.whenStable();
    expect(readForm(check).fields[0]).toMatchObject({ kind: 'Choices', options: { length: 2 } });
    expect(root.querySelector('app-form-editor summary')?.textContent).toContain('多选');

    // The variable becomes a list at the process itself, by the same panel.
    panel.componentRef.setInput('elementId', null);
    await panel.whenStable();
    const type = root.querySelector<HTMLSelectElement>('app-variables-editor select');
    if (type) {
      type.value = 'List';
      type.dispatchEvent(new Event('change'));
    }
    await panel.whenStable();
    expect(readVariables(process)).toMatchObject([{ name: 'decision', type: 'List' }]);
  });
});

import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { CatalogueDto } from '@api/models';
import { Field, UiInput } from '@ui';
import { typeWords } from '../flow/flow-picture';
import { EventKind } from '../flow/bpmn-document';
import { AssigneeEditor } from './assignee-editor';
import { ConditionEditor, ConditionVariable } from './condition-editor';
import { DiagramElement } from './diagram';
import { FlowEditor } from './flow-editor';
import { FormEditor } from './form-editor';
import { NODE_KINDS, NodeKind } from './kinds';
import { LoopEditor } from './loop-editor';
import {
  AssigneeRule,
  DueSettings,
  FormSettings,
  LoopSettings,
  REGION_ROLES,
  ServiceSettings,
  TIMER_KINDS,
  TimerKind,
  VariableSettings,
  readAssignee,
  readCompletedBy,
  readCondition,
  readConfidential,
  readDocumentation,
  readDue,
  readErrorCode,
  readForm,
  readLoop,
  readMessage,
  readNotice,
  readService,
  readTimer,
} from './settings';
import { TimeEditor, TimeValue } from './time-editor';
import { VariablesEditor } from './variables-editor';

/** Everything that one element says, in words of the office. Beside the canvas and beside the table alike. */
@Component({
  selector: 'app-properties-panel',
  imports: [
    AssigneeEditor,
    ConditionEditor,
    Field,
    FormEditor,
    LoopEditor,
    TimeEditor,
    TranslocoDirective,
    UiInput,
    VariablesEditor,
  ],
  templateUrl: './properties-panel.html',
  styles: `
    details {
      margin-bottom: 8px;
      border-top: 1px solid var(--line);
    }

    summary {
      padding: 6px 0;
      font-weight: 600;
      cursor: pointer;
    }

    .id {
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PropertiesPanel {
  private readonly transloco = inject(TranslocoService);
  readonly editor = input.required<FlowEditor>();
  /** Null: the process itself. */
  readonly elementId = input<string | null>(null);
  readonly catalogue = input<CatalogueDto | null>(null);

  protected readonly regions = REGION_ROLES;
  protected readonly timerKinds = TIMER_KINDS;

  /** Read anew with every change of the model. */
  protected readonly node = computed(() => {
    const editor = this.editor();
    editor.revision();
    const id = this.elementId();
    const element = id ? editor.element(id) : undefined;
    return element && element.type !== 'bpmn:Process' && element.type !== 'bpmn:Collaboration'
      ? this.read(element)
      : null;
  });
  protected readonly process = computed(() => {
    const editor = this.editor();
    editor.revision();
    const { process } = editor.process();
    return {
      id: process.id,
      name: (process.get('name') as string | undefined) ?? '',
      documentation: readDocumentation(process),
    };
  });
  protected readonly variables = computed(() => this.editor().variables());
  protected readonly variableNames = computed(() => this.variables().map((variable) => variable.name));
  protected readonly listNames = computed(() =>
    this.variables()
      .filter((variable) => variable.type === 'List')
      .map((variable) => variable.name),
  );
  protected readonly steps = computed(() =>
    this.editor()
      .nodes()
      .filter((row) => row.type === 'userTask' && row.id !== this.elementId())
      .map((row) => ({ id: row.id, name: row.name || row.id })),
  );
  /** Variables with the options that forms offer for them. */
  protected readonly conditionVariables = computed<readonly ConditionVariable[]>(() => {
    const editor = this.editor();
    const options = new Map<string, ConditionVariable['options']>();
    for (const row of editor.nodes().filter((node) => node.type === 'userTask')) {
      const element = editor.element(row.id);
      for (const field of element ? readForm(element.businessObject).fields : []) {
        if (field.options.length > 0) {
          options.set(field.name, field.options);
        }
      }
    }
    return this.variables().map((variable) => ({ ...variable, options: options.get(variable.name) ?? [] }));
  });
  protected readonly kinds = computed<readonly NodeKind[]>(() => {
    const current = this.node()?.kind;
    return current
      ? NODE_KINDS.filter(
          (kind) =>
            kind.group === current.group &&
            Boolean(kind.boundary) === Boolean(current.boundary) &&
            // Starts, ends and what lies between them do not turn into one another.
            (kind.group !== 'event' || kind.type === current.type),
        )
      : [];
  });

  protected rename(name: string): void {
    this.withElement((editor, element) => {
      editor.write.name(element, name.trim());
    });
  }

  protected renameProcess(name: string): void {
    const { root, process } = this.editor().process();
    this.editor().write.processName(root, process, name.trim());
  }

  protected document(text: string): void {
    const editor = this.editor();
    const node = this.node();
    if (node) {
      editor.write.documentation(node.element, node.element.businessObject, text.trim());
    } else {
      const { root, process } = editor.process();
      editor.write.documentation(root, process, text.trim());
    }
  }

  protected changeKind(key: string): void {
    const id = this.elementId();
    const kind = NODE_KINDS.find((candidate) => candidate.key === key);
    if (id && kind) {
      this.editor().changeKind(id, kind.key);
    }
  }

  protected assignee(rule: AssigneeRule | null): void {
    this.withElement((editor, element) => {
      editor.write.assignee(element, rule);
    });
  }

  protected form(form: FormSettings): void {
    this.withElement((editor, element) => {
      editor.write.form(element, form);
    });
  }

  protected due(value: TimeValue | null): void {
    const due: DueSettings | null = value ? { value: value.text, working: value.working } : null;
    this.withElement((editor, element) => {
      editor.write.due(element, due);
    });
  }

  protected completedBy(event: string): void {
    this.withElement((editor, element) => {
      editor.write.completedBy(element, event);
    });
  }

  protected confidential(confidential: boolean): void {
    this.withElement((editor, element) => {
      editor.write.confidential(element, confidential);
    });
  }

  protected loop(loop: LoopSettings | null): void {
    this.withElement((editor, element) => {
      editor.write.loop(element, loop);
    });
  }

  protected service(part: Partial<ServiceSettings>): void {
    this.withElement((editor, element) => {
      editor.write.service(element, { ...readService(element.businessObject), ...part });
    });
  }

  protected attempts(text: string): void {
    this.service({ attempts: Math.min(10, Math.max(1, Math.round(Number(text)) || 3)) });
  }

  protected firstWait(text: string): void {
    this.service({ firstWait: `PT${Math.min(86_400, Math.max(1, Math.round(Number(text)) || 10))}S` });
  }

  protected seconds(duration: string): number {
    const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration);
    return match ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : 10;
  }

  protected notice(text: string): void {
    this.withElement((editor, element) => {
      editor.write.notice(element, text.trim());
    });
  }

  protected called(key: string): void {
    this.withElement((editor, element) => {
      editor.write.calledElement(element, key);
    });
  }

  protected timerKind(kind: TimerKind): void {
    this.withElement((editor, element) => {
      editor.write.timer(element, { kind, text: '', working: false });
    });
  }

  protected timer(kind: TimerKind, value: TimeValue | null): void {
    if (value) {
      this.withElement((editor, element) => {
        editor.write.timer(element, { kind, text: value.text, working: value.working });
      });
    }
  }

  protected interrupting(interrupting: boolean): void {
    this.withElement((editor, element) => {
      editor.write.interrupting(element, interrupting);
    });
  }

  protected message(name: string): void {
    this.withElement((editor, element) => {
      editor.write.message(element, name.trim());
    });
  }

  protected errorCode(code: string): void {
    this.withElement((editor, element) => {
      editor.write.errorCode(element, code.trim());
    });
  }

  protected condition(text: string): void {
    this.withElement((editor, element) => {
      editor.write.condition(element, text);
    });
  }

  protected makeDefault(isDefault: boolean): void {
    this.withElement((editor, element) => {
      if (element.source) {
        editor.write.defaultFlow(element.source, isDefault ? element : null);
      }
    });
  }

  protected defaultFlow(id: string): void {
    this.withElement((editor, element) => {
      editor.write.defaultFlow(element, element.outgoing.find((flow) => flow.id === id) ?? null);
    });
  }

  protected declare(variables: readonly VariableSettings[]): void {
    const { root, process } = this.editor().process();
    this.editor().write.variables(root, process, variables);
  }

  private withElement(write: (editor: FlowEditor, element: DiagramElement) => void): void {
    const id = this.elementId();
    const element = id ? this.editor().element(id) : undefined;
    if (element) {
      write(this.editor(), element);
    }
  }

  private read(element: DiagramElement) {
    const object = element.businessObject;
    const is = (type: string) => object.$instanceOf?.(type) === true;
    const row = this.editor()
      .nodes()
      .find((candidate) => candidate.id === element.id);
    const isFlow = element.type === 'bpmn:SequenceFlow';
    const type =
      row?.type ?? element.type.replace('bpmn:', '').replace(/^./, (letter) => letter.toLowerCase());
    const chooses = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'].includes(element.type);
    const sourceChooses =
      isFlow &&
      (['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'].includes(element.source?.type ?? '') ||
        element.source?.businessObject.$instanceOf?.('bpmn:Activity') === true);
    return {
      element,
      type,
      kind: row ? this.editor().kindOf(row) : null,
      words: typeWords(
        { type, event: (row?.event ?? 'none') as EventKind, loop: row?.loop ?? null },
        this.transloco,
      ),
      name:
        ((element.type === 'bpmn:TextAnnotation' ? object.get('text') : object.get('name')) as
          string | undefined) ?? '',
      documentation: readDocumentation(object),
      isFlow,
      isUserTask: is('bpmn:UserTask'),
      isActivity: is('bpmn:Activity'),
      assignee: is('bpmn:UserTask') || is('bpmn:SendTask') ? readAssignee(object) : null,
      form: is('bpmn:UserTask') ? readForm(object) : { batch: false, fields: [] },
      due: is('bpmn:UserTask') ? toTime(readDue(object)) : null,
      completedBy: is('bpmn:UserTask') ? readCompletedBy(object) : '',
      confidential: is('bpmn:UserTask') && readConfidential(object),
      notice: is('bpmn:SendTask') ? readNotice(object) : '',
      service: readService(object),
      called: is('bpmn:CallActivity') ? ((object.get('calledElement') as string | undefined) ?? '') : '',
      loop: is('bpmn:Activity') ? readLoop(object) : null,
      event: row?.event ?? 'none',
      timer: row?.event === 'timer' ? readTimer(object) : null,
      interrupting: row?.interrupting ?? true,
      message: row?.event === 'message' ? readMessage(object) : '',
      errorCode: row?.event === 'error' ? readErrorCode(object) : '',
      chooses,
      outgoing: chooses
        ? element.outgoing.map((flow) => ({
            id: flow.id,
            name:
              ((flow.businessObject.get('name') as string | undefined) ?? '') ||
              ((flow.target?.businessObject.get('name') as string | undefined) ?? flow.id),
            isDefault: object.get('default') === flow.businessObject,
          }))
        : [],
      condition: isFlow ? readCondition(object) : '',
      sourceChooses,
      isDefault: isFlow && element.source?.businessObject.get('default') === object,
    };
  }
}

function toTime(due: DueSettings | null): TimeValue | null {
  return due ? { text: due.value, working: due.working } : null;
}

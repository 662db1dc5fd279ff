import { DiagramElement, Moddle, ModdleElement, Modeling, Properties } from './diagram';
import {
  AssigneeRule,
  DueSettings,
  FormSettings,
  LoopSettings,
  ServiceSettings,
  TIMER_KINDS,
  TIMER_PROPERTIES,
  TimerSettings,
  VariableSettings,
  eventDefinitionOf,
  extensionsOf,
  takesOptions,
} from './settings';

/**
 * Writes settings back to the model. Everything goes through bpmn-js's commands, so that canvas, table and panel show one
 * model and every change can be undone.
 */
export class SettingsWriter {
  constructor(
    private readonly moddle: Moddle,
    private readonly modeling: Modeling,
    private readonly definitions: () => ModdleElement,
  ) {}

  name(element: DiagramElement, name: string): void {
    if (element.type === 'bpmn:TextAnnotation') {
      this.modeling.updateProperties(element, { text: name });
    } else {
      this.modeling.updateProperties(element, { name: name || undefined });
    }
  }

  processName(root: DiagramElement, process: ModdleElement, name: string): void {
    this.modeling.updateModdleProperties(root, process, { name: name || undefined });
  }

  documentation(element: DiagramElement, target: ModdleElement, text: string): void {
    const documentation = text ? [this.create('bpmn:Documentation', target, { text })] : [];
    this.modeling.updateModdleProperties(element, target, { documentation });
  }

  assignee(element: DiagramElement, rule: AssigneeRule | null): void {
    this.extension(element, element.businessObject, 'pilot:Assignee', (parent) => {
      if (!rule) {
        return null;
      }
      const written = this.create('pilot:Assignee', parent, {
        kind: rule.kind,
        value: rule.value,
        region: rule.kind === 'Role' ? rule.region : undefined,
      });
      this.fill(
        written,
        'exclusions',
        rule.notWhoDid.map((step) => this.create('pilot:NotWhoDid', written, { step })),
      );
      return written;
    });
  }

  form(element: DiagramElement, form: FormSettings): void {
    this.extension(element, element.businessObject, 'pilot:Form', (parent) => {
      if (form.fields.length === 0 && !form.batch) {
        return null;
      }
      const written = this.create('pilot:Form', parent, { batch: form.batch || undefined });
      this.fill(
        written,
        'fields',
        form.fields.map((field) => {
          const child = this.create('pilot:Field', written, {
            name: field.name,
            label: field.label,
            kind: field.kind,
            required: field.required || undefined,
          });
          if (takesOptions(field.kind)) {
            this.fill(
              child,
              'options',
              field.options.map((option) => this.create('pilot:Option', child, { ...option })),
            );
          }
          return child;
        }),
      );
      return written;
    });
  }

  due(element: DiagramElement, due: DueSettings | null): void {
    this.extension(element, element.businessObject, 'pilot:Due', (parent) =>
      due
        ? this.create('pilot:Due', parent, {
            value: due.value,
            calendar: due.working ? 'working' : undefined,
          })
        : null,
    );
  }

  completedBy(element: DiagramElement, event: string): void {
    this.extension(element, element.businessObject, 'pilot:CompletedBy', (parent) =>
      event ? this.create('pilot:CompletedBy', parent, { event }) : null,
    );
  }

  confidential(element: DiagramElement, confidential: boolean): void {
    this.extension(element, element.businessObject, 'pilot:Confidential', (parent) =>
      confidential ? this.create('pilot:Confidential', parent, {}) : null,
    );
  }

  service(element: DiagramElement, service: ServiceSettings): void {
    this.extension(element, element.businessObject, 'pilot:Service', (parent) =>
      this.create('pilot:Service', parent, {
        handler: service.handler || undefined,
        actsFor: service.actsFor,
        attempts: service.attempts,
        firstWait: service.firstWait,
      }),
    );
  }

  notice(element: DiagramElement, text: string): void {
    this.extension(element, element.businessObject, 'pilot:Text', (parent) =>
      text ? this.create('pilot:Text', parent, { body: text }) : null,
    );
  }

  variables(root: DiagramElement, process: ModdleElement, variables: readonly VariableSettings[]): void {
    this.extension(root, process, 'pilot:Variables', (parent) => {
      if (variables.length === 0) {
        return null;
      }
      const written = this.create('pilot:Variables', parent, {});
      this.fill(
        written,
        'variables',
        variables.map((variable) =>
          this.create('pilot:Variable', written, {
            name: variable.name,
            type: variable.type,
            label: variable.label || undefined,
          }),
        ),
      );
      return written;
    });
  }

  timer(element: DiagramElement, timer: TimerSettings): void {
    const definition = eventDefinitionOf(element.businessObject);
    if (!definition) {
      return;
    }
    const properties: Properties = Object.fromEntries(
      TIMER_KINDS.map((kind) => [TIMER_PROPERTIES[kind], undefined]),
    );
    properties[TIMER_PROPERTIES[timer.kind]] = this.create('bpmn:FormalExpression', definition, {
      body: timer.text,
      ...(timer.working && timer.kind === 'Duration' ? { 'pilot:calendar': 'working' } : {}),
    });
    this.modeling.updateModdleProperties(element, definition, properties);
  }

  message(element: DiagramElement, name: string): void {
    this.reference(element, 'messageRef', 'bpmn:Message', 'name', name);
  }

  errorCode(element: DiagramElement, code: string): void {
    this.reference(element, 'errorRef', 'bpmn:Error', 'errorCode', code);
  }

  condition(flow: DiagramElement, text: string): void {
    this.modeling.updateProperties(flow, {
      conditionExpression: text
        ? this.create('bpmn:FormalExpression', flow.businessObject, { body: text })
        : undefined,
    });
  }

  defaultFlow(source: DiagramElement, flow: DiagramElement | null): void {
    this.modeling.updateProperties(source, { default: flow?.businessObject });
    if (flow) {
      this.condition(flow, '');
    }
  }

  loop(element: DiagramElement, loop: LoopSettings | null): void {
    if (!loop) {
      this.modeling.updateProperties(element, { loopCharacteristics: undefined });
      return;
    }
    const written = this.create('bpmn:MultiInstanceLoopCharacteristics', element.businessObject, {
      isSequential: loop.sequential,
      'pilot:collection': loop.collection || undefined,
      'pilot:itemVariable': loop.itemVariable || undefined,
      'pilot:outputCollection': loop.outputCollection || undefined,
      'pilot:outputItem': loop.outputItem || undefined,
    });
    const expression = (body: string) =>
      body ? this.create('bpmn:FormalExpression', written, { body }) : undefined;
    Object.assign(written, {
      loopCardinality: loop.collection ? undefined : expression(loop.cardinality),
      completionCondition: expression(loop.completion),
    });
    this.modeling.updateProperties(element, { loopCharacteristics: written });
  }

  calledElement(element: DiagramElement, key: string): void {
    this.modeling.updateProperties(element, { calledElement: key || undefined });
  }

  interrupting(element: DiagramElement, interrupting: boolean): void {
    this.modeling.updateProperties(element, { cancelActivity: interrupting });
  }

  private create(type: string, parent: ModdleElement, properties: Properties): ModdleElement {
    const defined = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    const element = this.moddle.create(type, defined);
    element.$parent = parent;
    return element;
  }

  private fill(element: ModdleElement, property: string, values: readonly ModdleElement[]): void {
    (element.get(property) as ModdleElement[]).push(...values);
  }

  /** Replaces the one extension of a type, or takes it away. */
  private extension(
    element: DiagramElement,
    target: ModdleElement,
    type: string,
    write: (parent: ModdleElement) => ModdleElement | null,
  ): void {
    const present = target.get('extensionElements') as ModdleElement | undefined;
    const holder = present ?? this.create('bpmn:ExtensionElements', target, { values: [] });
    const written = write(holder);
    const others = extensionsOf(target).filter((value) => value.$type !== type);
    const values = written ? [...others, written] : others;
    if (present) {
      this.modeling.updateModdleProperties(element, present, { values });
    } else if (written) {
      Object.assign(holder, { values });
      this.modeling.updateModdleProperties(element, target, { extensionElements: holder });
    }
  }

  /** Messages and errors are elements of the document: one of that name is shared, or made. */
  private reference(
    element: DiagramElement,
    property: string,
    type: string,
    key: string,
    value: string,
  ): void {
    const definition = eventDefinitionOf(element.businessObject);
    if (!definition) {
      return;
    }
    let target: ModdleElement | undefined;
    if (value) {
      const definitions = this.definitions();
      const roots = definitions.get('rootElements') as ModdleElement[];
      target = roots.find((root) => root.$type === type && root.get(key) === value);
      if (!target) {
        const prefix = type.replace('bpmn:', '');
        let number = 1;
        while (roots.some((root) => root.id === `${prefix}_${number}`)) {
          number++;
        }
        target = this.create(type, definitions, { id: `${prefix}_${number}`, name: value, [key]: value });
        this.modeling.updateModdleProperties(element, definitions, { rootElements: [...roots, target] });
      }
    }
    this.modeling.updateModdleProperties(element, definition, { [property]: target });
  }
}

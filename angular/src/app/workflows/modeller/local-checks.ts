import { Finding } from '../models';
import { FlowEditor, FlowRow, NodeRow } from './flow-editor';
import {
  readAssignee,
  readErrorCode,
  readForm,
  readLoop,
  readMessage,
  readService,
  readTimer,
  takesOptions,
} from './settings';

/** What can be said at once, while the server still looks at the whole. The codes are the server's. */
export function localFindings(editor: FlowEditor): Finding[] {
  const nodes = editor.nodes();
  const flows = editor.flows();
  return [...structureFindings(nodes, flows), ...nodes.flatMap((node) => settingFindings(editor, node))];
}

const found = (
  code: string,
  elementId: string | null,
  severity: Finding['severity'] = 'Error',
  values: Finding['values'] = {},
): Finding => ({ code, elementId, severity, values, text: '' });

/** What follows from nodes and flows alone. */
export function structureFindings(nodes: readonly NodeRow[], flows: readonly FlowRow[]): Finding[] {
  const findings: Finding[] = [];
  const subProcesses = new Set(nodes.filter((node) => node.type === 'subProcess').map((node) => node.id));
  const scopes = new Set(nodes.map((node) => node.parentId));
  const scopeOf = (id: string) => (subProcesses.has(id) ? id : null);
  if (nodes.length === 0) {
    return [found('no-start', null)];
  }
  for (const scope of scopes) {
    const inside = nodes.filter((node) => node.parentId === scope);
    const starts = inside.filter((node) => node.type === 'startEvent');
    if (starts.length === 0) {
      findings.push(found('no-start', scopeOf(scope)));
    } else {
      const reached = reachable(starts, inside, flows);
      findings.push(
        ...inside.filter((node) => !reached.has(node.id)).map((node) => found('unreachable', node.id)),
      );
    }
  }
  for (const id of subProcesses) {
    if (!scopes.has(id)) {
      findings.push(found('empty-sub-process', id));
    }
  }
  for (const node of nodes) {
    const out = flows.filter((flow) => flow.sourceId === node.id);
    if (node.type === 'endEvent') {
      continue;
    }
    if (out.length === 0) {
      findings.push(found('implicit-end', node.id));
    }
    if (node.type === 'eventBasedGateway' && out.length < 2) {
      findings.push(found('event-gateway-too-few', node.id));
    }
    if (['exclusiveGateway', 'inclusiveGateway'].includes(node.type) && out.length > 1) {
      if (!out.some((flow) => flow.isDefault)) {
        findings.push(found('default-missing', node.id));
      }
      findings.push(
        ...out
          .filter((flow) => !flow.isDefault && !flow.condition)
          .map((flow) => found('condition-missing', flow.id)),
      );
    }
  }
  return findings;
}

function reachable(
  starts: readonly NodeRow[],
  inside: readonly NodeRow[],
  flows: readonly FlowRow[],
): Set<string> {
  const reached = new Set<string>();
  const waiting = starts.map((node) => node.id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) {
      continue;
    }
    const current = id;
    reached.add(current);
    waiting.push(
      ...inside.filter((node) => node.hostId === current).map((node) => node.id),
      ...flows.filter((flow) => flow.sourceId === current).map((flow) => flow.targetId),
    );
  }
  return reached;
}

function settingFindings(editor: FlowEditor, node: NodeRow): Finding[] {
  const element = editor.element(node.id);
  if (!element) {
    return [];
  }
  const object = element.businessObject;
  const findings: Finding[] = [];
  if (['userTask', 'sendTask'].includes(node.type)) {
    if (!readAssignee(object)?.value) {
      findings.push(found('assignee-missing', node.id));
    }
    if (!node.name) {
      findings.push(found('name-missing', node.id, 'Warning'));
    }
  }
  if (node.type === 'userTask') {
    findings.push(
      ...readForm(object)
        .fields.filter((field) => takesOptions(field.kind) && field.options.length === 0)
        .map((field) => found('options-wrong', node.id, 'Error', { field: field.label || field.name })),
    );
  }
  if (node.type === 'serviceTask' && !readService(object).handler) {
    findings.push(found('handler-missing', node.id));
  }
  if (node.type === 'callActivity' && !object.get('calledElement')) {
    findings.push(found('called-missing', node.id));
  }
  const loop = node.loop ? readLoop(object) : null;
  if (loop && !loop.cardinality && !loop.collection) {
    findings.push(found('count-missing', node.id));
  }
  if (node.event === 'timer' && !readTimer(object).text.replace('=', '').trim()) {
    findings.push(found('time-missing', node.id));
  }
  if (node.event === 'message' && !readMessage(object)) {
    findings.push(found('message-missing', node.id));
  }
  if (node.type === 'endEvent' && node.event === 'error' && !readErrorCode(object)) {
    findings.push(found('error-code-missing', node.id, 'Warning'));
  }
  return findings;
}

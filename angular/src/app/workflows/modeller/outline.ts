import { inReadingOrder, readBpmn } from '../flow/bpmn-document';
import { PILOT_NAMESPACE } from './pilot-moddle';

/**
 * A model as lines of text, one a step or setting, so that two versions can be compared by eye. `nameOf` writes the kind
 * of an element.
 */
export function outlineOf(xml: string, nameOf: (type: string) => string): string {
  const document = readBpmn(xml);
  const source = new DOMParser().parseFromString(xml, 'application/xml');
  const settings = new Map<string, string[]>();
  for (const element of [...source.getElementsByTagNameNS(PILOT_NAMESPACE, '*')]) {
    const owner = ownerOf(element);
    if (owner) {
      const words = [...element.attributes]
        .filter((attribute) => !attribute.name.startsWith('xmlns'))
        .map((attribute) => attribute.value);
      const own = element.children.length === 0 ? (element.textContent ?? '').trim() : '';
      const line = [element.localName, ...words, own].filter((word) => word !== '').join(' ');
      settings.set(owner, [...(settings.get(owner) ?? []), `  ${line}`]);
    }
  }
  const flows = [...document.elements.values()].filter((element) => element.type === 'sequenceFlow');
  const title = (id: string | null) => {
    const element = document.elements.get(id ?? '');
    return element ? element.name || nameOf(element.type) : '';
  };
  const processes = [...document.elements.values()].filter((element) => element.type === 'process');
  return [
    ...processes.flatMap((process) => [process.name || process.id, ...(settings.get(process.id) ?? [])]),
    ...inReadingOrder(document).flatMap((node) => [
      `${nameOf(node.type)} ${node.name}`.trim(),
      ...(settings.get(node.id) ?? []),
      ...flows
        .filter((flow) => flow.sourceId === node.id)
        .map((flow) =>
          ['  →', title(flow.targetId), flow.name, flow.condition].filter((word) => word).join(' '),
        ),
    ]),
  ].join('\n');
}

function ownerOf(element: Element): string | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (parent.namespaceURI !== PILOT_NAMESPACE && parent.localName !== 'extensionElements') {
      return parent.getAttribute('id');
    }
  }
  return null;
}

import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../../testing/texts';
import { FlowState } from '../models';
import { inReadingOrder, readBpmn } from './bpmn-document';
import { marksOf } from './flow-marks';
import { FlowPicture } from './flow-picture';
import { draw } from './picture-drawing';
import { emWidth, wrap } from './picture-text';
import { SAMPLE_FLOW } from './sample-flow.testing';

const STATE: FlowState = {
  live: [
    {
      nodeId: 'sign',
      name: '修改后重新签署',
      since: '2026-11-02T01:00:00Z',
      who: ['张敏'],
      dueOn: null,
      light: 'Green',
    },
  ],
  doneNodes: ['start', 'check', 'ok'],
  takenFlows: ['f1', 'f2', 'f4'],
  expected: [
    { nodeId: 'check', name: '形式审查', certain: true },
    { nodeId: 'end', name: '归档', certain: false },
  ],
};

describe('BPMN document', () => {
  const document = readBpmn(SAMPLE_FLOW);

  it('knows what an element is, what it waits for and where it hangs', () => {
    expect(document.elements.get('late')).toMatchObject({
      type: 'boundaryEvent',
      event: 'timer',
      interrupting: false,
      attachedTo: 'check',
    });
    expect(document.elements.get('sign')).toMatchObject({ loop: 'parallel', scopeId: 'fix' });
    expect(document.elements.get('end')?.event).toBe('terminate');
    expect(document.elements.get('f4')).toMatchObject({ sourceId: 'ok', targetId: 'fix', isDefault: true });
    expect(document.elements.get('f3')?.condition).toBe('decision == "accept"');
  });

  it('lists steps along the flow, the inside of a sub-process after it', () => {
    const ids = inReadingOrder(document).map((element) => element.id);
    expect(ids[0]).toBe('start');
    expect(ids).toHaveLength(9);
    expect(ids.indexOf('check')).toBeLessThan(ids.indexOf('ok'));
    expect(ids.indexOf('fix')).toBeLessThan(ids.indexOf('sign'));
    expect(ids.indexOf('late')).toBeLessThan(ids.indexOf('tell'));
  });

  it('refuses what is no BPMN', () => {
    expect(() => readBpmn('<svg/>')).toThrow();
    expect(() => readBpmn('not xml <')).toThrow();
  });

  it('leaves out the diagrams of collapsed sub-processes', () => {
    const twice = SAMPLE_FLOW.replace(
      '<bpmndi:BPMNDiagram id="dia">',
      '<bpmndi:BPMNDiagram id="inner"><bpmndi:BPMNPlane id="p2" bpmnElement="fix"><bpmndi:BPMNShape id="x" bpmnElement="sign"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram><bpmndi:BPMNDiagram id="dia">',
    );
    expect(readBpmn(twice).shapes.map((shape) => shape.element.id)).not.toContain('sign');
  });
});

describe('flow marks', () => {
  it('shows a step inside a closed sub-process at the sub-process, and the present before the past', () => {
    const marks = marksOf(readBpmn(SAMPLE_FLOW), STATE, (live) => live.who.join());
    const toneOf = (id: string) => marks.find((mark) => mark.elementId === id)?.tone;
    expect(marks.find((mark) => mark.elementId === 'fix')).toEqual({
      elementId: 'fix',
      tone: 'live',
      note: '张敏',
    });
    expect(toneOf('check')).toBe('done');
    expect(toneOf('f4')).toBe('done');
    expect(toneOf('f3')).toBeUndefined();
    expect(toneOf('end')).toBe('possible');
    expect(marks.filter((mark) => mark.elementId === 'check')).toHaveLength(1);
  });
});

describe('picture text', () => {
  it('breaks Han characters anywhere, words at spaces, and never begins a line with a stop', () => {
    expect(wrap('形式审查意见汇总', 4, 3)).toEqual(['形式审查', '意见汇总']);
    expect(wrap('Formal check of it', 4.2, 4)).toEqual(['Formal', 'check of', 'it']);
    expect(wrap('审查通过，归档', 4, 3)[0]).toBe('审查通过，');
  });

  it('ends what does not fit with an ellipsis', () => {
    const lines = wrap('一二三四五六七八九十', 4, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect(emWidth(lines[1] ?? '')).toBeLessThanOrEqual(4);
  });
});

describe('picture drawing', () => {
  it('draws each element in its notation and nothing outside the view', () => {
    const { shapes, edges, view } = draw(readBpmn(SAMPLE_FLOW), []);
    const shape = (id: string) => shapes.find((entry) => entry.id === id);
    expect(shape('end')?.classes).toContain('end');
    expect(shape('end')?.iconFilled).toBe(true);
    expect(shape('late')).toMatchObject({ kind: 'circle', inner: 'circle' });
    expect(shape('late')?.classes).toContain('dashed');
    expect(shape('ok')).toMatchObject({ kind: 'diamond', classes: 'gateway' });
    // The collapsed sub-process carries [+].
    expect(shape('fix')?.markers).toHaveLength(1);
    expect(edges.find((edge) => edge.id === 'f4')?.start).not.toBe('');
    expect(edges.find((edge) => edge.id === 'f3')?.start).toBe('');
    for (const { bounds } of shapes) {
      expect(bounds.x).toBeGreaterThanOrEqual(view.x);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(view.y + view.height);
    }
    // Boundary events lie on top of what they hang on.
    expect(shapes.at(-1)?.id).toBe('late');
  });
});

describe('flow picture', () => {
  async function show(xml: string, state: FlowState | null) {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
    const fixture = TestBed.createComponent(FlowPicture);
    fixture.componentRef.setInput('xml', xml);
    fixture.componentRef.setInput('caption', '成果报送');
    fixture.componentRef.setInput('state', state);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  it('says in words what it shows, and lists the same beside it', async () => {
    const root = await show(SAMPLE_FLOW, STATE);
    const label = root.querySelector('svg[role=img]')?.getAttribute('aria-label');
    expect(label).toContain('成果报送');
    expect(label).toContain('9 个环节');
    expect(label).toContain('修改后重新签署 张敏 自 2026-11-02');
    const rows = [...root.querySelectorAll('tbody tr')].map((row) => row.textContent ?? '');
    expect(rows).toHaveLength(9);
    expect(rows.find((row) => row.startsWith('是否通过'))).toContain('通过 → 归档');
    expect(rows.find((row) => row.startsWith('是否通过'))).toContain('其他情况 → 补正');
    expect(rows.find((row) => row.startsWith('超时'))).toContain('附加事件（定时，不中断）');
    expect(root.querySelectorAll('g.shape')).toHaveLength(7);
    expect(root.querySelectorAll('g.edge')).toHaveLength(6);
    expect(root.querySelector('g.live .note')?.textContent).toContain('张敏');
  });

  it('says so when the model cannot be read', async () => {
    const root = await show('<svg/>', null);
    expect(root.querySelector('[role=alert]')).not.toBeNull();
    expect(root.querySelector('svg[role=img]')).toBeNull();
  });
});

import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { SimulationDto, TaskFieldDto } from '@api/models';
import texts from '../../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../../testing/texts';
import { apiInterceptor } from '../../core/api.interceptor';
import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { Simulator } from './simulator';

const AT_CHECK: SimulationDto = {
  choices: [{ kind: 'Complete', id: 3, nodeId: 'check', loopCounter: null, options: [] }],
  live: [{ id: 3, nodeId: 'check', name: '形式审查', kind: 'Activity', loopCounter: null, stuckCode: null }],
  trace: [],
  expected: [],
  variables: {},
  outcome: null,
};

const FAILED: TaskFieldDto = {
  name: 'failed',
  label: '不合格项',
  kind: 'Choices',
  isRequired: true,
  options: [
    { value: 'whole', label: '材料齐全' },
    { value: 'secret', label: '不涉密' },
  ],
};

describe('simulator', () => {
  it('asks a step’s form with several options, and plays them as a list', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([]),
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
    const http = TestBed.inject(HttpTestingController);
    const fixture = TestBed.createComponent(Simulator);
    fixture.componentRef.setInput('xml', SAMPLE_FLOW);
    fixture.componentRef.setInput('caption', '成果报送');
    fixture.componentRef.setInput('nameOf', (id: string) => id);
    fixture.componentRef.setInput('formOf', () => [FAILED]);
    const root = fixture.nativeElement as HTMLElement;
    const answer = async (state: SimulationDto) => {
      await fixture.whenStable();
      const request = http.expectOne('/api/workflow-definitions/simulate');
      request.flush(state);
      await new Promise((done) => setTimeout(done));
      await fixture.whenStable();
      return request.request.body as { steps: unknown };
    };
    await answer(AT_CHECK);

    const submit = () => root.querySelector('form')?.dispatchEvent(new Event('submit'));
    submit();
    await fixture.whenStable();
    http.expectNone('/api/workflow-definitions/simulate');
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('不合格项');
    const boxes = root.querySelectorAll<HTMLInputElement>('fieldset input');
    boxes[1]?.click();
    boxes[0]?.click();
    submit();
    const { steps } = await answer({ ...AT_CHECK, variables: { failed: ['whole', 'secret'] } });

    expect(steps).toEqual([
      { kind: 'Complete', id: 3, option: null, answers: { failed: ['whole', 'secret'] } },
    ]);
    expect(root.querySelector('table')?.textContent).toContain('["whole","secret"]');
  });
});

import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { ApiProblem } from '@core';
import { provideTexts } from '../../testing/texts';
import { ErrorSummary, Field, UiForm, UiInput, applyFieldErrors, findControl } from './form';

@Component({
  selector: 'app-host',
  imports: [ErrorSummary, Field, ReactiveFormsModule, UiForm, UiInput],
  template: `
    <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="submitted()">
      <ui-error-summary />
      <ui-field label="名称" help="正式名称" [control]="form.controls.name">
        <input uiInput formControlName="name" />
      </ui-field>
      <button type="submit">保存</button>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Host {
  readonly problem = signal<ApiProblem | null>(null);
  readonly submitted = vi.fn();
  readonly form = new FormGroup({ name: new FormControl('', Validators.required) });
}

async function show() {
  TestBed.configureTestingModule({ providers: [provideTexts()] });
  const fixture = TestBed.createComponent(Host);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const input = root.querySelector('input') as HTMLInputElement;
  const submit = async () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done));
  };
  return { fixture, root, input, submit, host: fixture.componentInstance };
}

describe('uiForm', () => {
  it('ties label, help and control together', async () => {
    const { root, input } = await show();
    expect(root.querySelector('label')?.htmlFor).toBe(input.id);
    expect(root.querySelector(`#${input.getAttribute('aria-describedby')}`)?.textContent).toContain(
      '正式名称',
    );
    expect(input.getAttribute('aria-required')).toBe('true');
  });

  it('keeps quiet until the first attempt, then sums up, links and takes the focus', async () => {
    const { root, input, submit, host } = await show();
    expect(root.querySelector('.ui-error-summary')).toBeNull();
    await submit();
    const summary = root.querySelector('.ui-error-summary');
    expect(document.activeElement).toBe(summary);
    expect(summary?.querySelector('a')?.textContent).toContain('请填写名称');
    expect(summary?.querySelector('a')?.getAttribute('href')).toBe(`#${input.id}`);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(input.getAttribute('aria-describedby')).toContain('-error');
    expect(host.submitted).not.toHaveBeenCalled();
  });

  it('submits when all is well', async () => {
    const { submit, host } = await show();
    host.form.setValue({ name: '容缺受理' });
    await submit();
    expect(host.submitted).toHaveBeenCalledTimes(1);
  });

  it('puts the server’s errors on their fields and lets them go with the next attempt', async () => {
    const { fixture, root, submit, host } = await show();
    host.form.setValue({ name: '容缺受理' });
    host.problem.set(new ApiProblem({ title: '有误', status: 400, errors: { Name: ['名称已存在'] } }));
    await fixture.whenStable();
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('名称已存在');
    expect(root.querySelector('.ui-error-summary')?.textContent).not.toContain('有误');
    expect(root.querySelector('input')?.getAttribute('aria-invalid')).toBe('true');
    await submit();
    expect(host.submitted).toHaveBeenCalledTimes(1);
  });

  it('says a problem without fields on top', async () => {
    const { fixture, root, host } = await show();
    host.problem.set(new ApiProblem({ title: '申领已截止', status: 409 }));
    await fixture.whenStable();
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('申领已截止');
  });
});

describe('field errors of the server', () => {
  const form = () =>
    new FormGroup({
      name: new FormControl(''),
      themes: new FormArray([new FormGroup({ title: new FormControl('') })]),
    });

  it.each(['Themes[0].Title', '$.themes[0].title', 'themes.0.title'])('finds the control of %s', (path) => {
    const group = form();
    expect(findControl(group, path)).toBe(group.controls.themes.at(0).controls.title);
  });

  it('answers what found no control', () => {
    const group = form();
    const unplaced = applyFieldErrors(
      group,
      new ApiProblem({
        title: '',
        status: 400,
        errors: { name: ['甲'], 'themes[4].title': ['乙'], other: ['丙'] },
      }),
    );
    expect(group.controls.name.errors).toEqual({ server: '甲' });
    expect(unplaced).toEqual(['乙', '丙']);
  });
});

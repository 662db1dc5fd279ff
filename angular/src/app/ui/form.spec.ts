import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { ApiProblem } from '@core';
import { provideTexts } from '../../testing/texts';
import { CheckList } from './check-list';
import { ErrorSummary, Field, FieldGroup, UiForm, UiInput, applyFieldErrors, findControl } from './form';

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

@Component({
  selector: 'app-checks-host',
  imports: [CheckList, ErrorSummary, FieldGroup, ReactiveFormsModule, UiForm],
  template: `
    <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="submitted(form.value)">
      <ui-error-summary />
      <ui-field-group label="不合格项" help="可选多项" [control]="form.controls.failed">
        <ui-check-list formControlName="failed" [options]="options" />
      </ui-field-group>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class ChecksHost {
  readonly problem = signal<ApiProblem | null>(null);
  readonly submitted = vi.fn();
  readonly options = [
    { value: 'whole', label: '材料齐全' },
    { value: 'legible', label: '内容清晰' },
    { value: 'secret', label: '不涉密' },
  ];
  readonly form = new FormGroup({ failed: new FormControl<readonly string[]>([], Validators.required) });
}

async function showChecks() {
  TestBed.configureTestingModule({ providers: [provideTexts()] });
  const fixture = TestBed.createComponent(ChecksHost);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const boxes = [...root.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  const submit = async () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done));
  };
  const press = async (label: string) => {
    boxes.find((box) => box.parentElement?.textContent.includes(label))?.click();
    await fixture.whenStable();
  };
  return { fixture, root, boxes, submit, press, host: fixture.componentInstance };
}

describe('ui-field-group with ui-check-list', () => {
  it('is a fieldset that its legend names and its help describes', async () => {
    const { root, boxes } = await showChecks();
    const fieldset = root.querySelector('fieldset');
    expect(fieldset?.querySelector('legend')?.textContent).toContain('不合格项');
    expect(fieldset?.getAttribute('aria-labelledby')).toBe(fieldset?.querySelector('legend')?.id);
    expect(root.querySelector(`#${fieldset?.getAttribute('aria-describedby')}`)?.textContent).toContain(
      '可选多项',
    );
    expect(fieldset?.getAttribute('role')).toBeNull();
    expect(boxes.map((box) => box.parentElement?.textContent.trim())).toEqual([
      '材料齐全',
      '内容清晰',
      '不涉密',
    ]);
  });

  it('answers the list in the order of the options, not of the clicks, and takes back', async () => {
    const { press, submit, host } = await showChecks();
    await press('不涉密');
    await press('内容清晰');
    await press('材料齐全');
    await press('内容清晰');
    await submit();
    expect(host.submitted).toHaveBeenCalledWith({ failed: ['whole', 'secret'] });
  });

  it('wants at least one, says so beside the group, and leads from the summary to the first check', async () => {
    const { root, boxes, submit, press, host } = await showChecks();
    await submit();
    expect(host.submitted).not.toHaveBeenCalled();
    const link = root.querySelector<HTMLAnchorElement>('.ui-error-summary a');
    const fieldset = root.querySelector('fieldset');
    expect(link?.getAttribute('href')).toBe(`#${fieldset?.id}`);
    link?.click();
    expect(document.activeElement).toBe(boxes[0]);
    expect(boxes.map((box) => box.getAttribute('aria-invalid'))).toEqual(['true', 'true', 'true']);
    expect(fieldset?.getAttribute('aria-describedby')).toContain(`${fieldset?.id}-error`);
    expect(fieldset?.querySelector('.error')?.textContent).toContain('不合格项');
    await press('内容清晰');
    expect(fieldset?.querySelector('.error')).toBeNull();
    expect(boxes[0]?.getAttribute('aria-invalid')).toBeNull();
  });

  it('shows what is written to the control, a single text included, and the server’s error', async () => {
    const { fixture, root, boxes, host } = await showChecks();
    host.form.controls.failed.setValue(['legible', 'secret']);
    await fixture.whenStable();
    expect(boxes.map((box) => box.checked)).toEqual([false, true, true]);
    host.form.controls.failed.setValue('whole' as never);
    await fixture.whenStable();
    expect(boxes.map((box) => box.checked)).toEqual([true, false, false]);
    host.problem.set(
      new ApiProblem({ title: '有误', status: 400, errors: { failed: ['同一选项只能选择一次。'] } }),
    );
    await fixture.whenStable();
    expect(root.querySelector('fieldset .error')?.textContent).toContain('同一选项只能选择一次');
    host.form.disable();
    await fixture.whenStable();
    expect(boxes.every((box) => box.disabled)).toBe(true);
  });
});

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

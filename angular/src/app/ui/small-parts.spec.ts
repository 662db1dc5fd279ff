import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { provideTexts } from '../../testing/texts';
import { Busy } from './busy';
import { Confirm } from './confirm';
import { Conflict } from './conflict';
import { StatusLight } from './status-light';
import { Timeline } from './timeline';

function button(text: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('mat-dialog-container button')].find((candidate) =>
    candidate.textContent.includes(text),
  );
}

const settle = () => new Promise((done) => setTimeout(done, 20));

describe('ui-status-light', () => {
  it.each([
    ['Green', '正常', 'circle'],
    ['amber', '临期', 'path'],
    ['RED', '逾期', 'path'],
    ['Yellow', '已补办', 'path'],
    [null, '未开始', 'circle.hollow'],
  ])('draws %s as a shape of its own with the word %s', async (light, word, shape) => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const fixture = TestBed.createComponent(StatusLight);
    fixture.componentRef.setInput('light', light);
    fixture.componentRef.setInput('compact', true);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    expect(root.textContent.trim()).toBe(word);
    expect(root.querySelector(shape)).not.toBeNull();
  });
});

@Component({
  selector: 'app-host',
  imports: [Busy],
  template: `
    <button id="action" type="button" [uiAction]="publish">发布</button>
    <button id="plain" type="button" [uiBusy]="busy()" (click)="clicked()">保存</button>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Buttons {
  readonly busy = signal(true);
  readonly clicked = vi.fn();
  readonly answer = new Subject<null>();
  readonly publish = vi.fn(() => this.answer);
}

describe('uiBusy', () => {
  it('starts one request however often it is clicked', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const fixture = TestBed.createComponent(Buttons);
    await fixture.whenStable();
    const target = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('#action');
    target?.click();
    target?.click();
    await fixture.whenStable();
    expect(fixture.componentInstance.publish).toHaveBeenCalledTimes(1);
    expect(target?.getAttribute('aria-busy')).toBe('true');
    expect(target?.hasAttribute('disabled')).toBe(false);
    fixture.componentInstance.answer.next(null);
    await settle();
    target?.click();
    expect(fixture.componentInstance.publish).toHaveBeenCalledTimes(2);
  });

  it('holds clicks back while busy', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const fixture = TestBed.createComponent(Buttons);
    await fixture.whenStable();
    const target = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('#plain');
    target?.click();
    expect(fixture.componentInstance.clicked).not.toHaveBeenCalled();
    fixture.componentInstance.busy.set(false);
    await fixture.whenStable();
    target?.click();
    expect(fixture.componentInstance.clicked).toHaveBeenCalledTimes(1);
  });
});

describe('Confirm', () => {
  const question = { title: '退回成果', message: '需补正。', affected: ['南通市'], confirmLabel: '退回' };

  it('names who is concerned and answers null when cancelled', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const answer = TestBed.inject(Confirm).ask(question);
    await settle();
    const dialog = document.querySelector('mat-dialog-container');
    expect(dialog?.getAttribute('role')).toBe('alertdialog');
    expect(dialog?.textContent).toContain('南通市');
    button('取消')?.click();
    expect(await answer).toBeNull();
  });

  it('does not go on without the reason it asks for', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const answer = TestBed.inject(Confirm).ask({ ...question, reasonLabel: '退回理由' });
    await settle();
    button('退回')?.click();
    await settle();
    expect(document.querySelector('#confirm-reason-error')?.textContent).toContain('请填写理由');
    const reason = document.querySelector<HTMLTextAreaElement>('#confirm-reason');
    if (reason) {
      reason.value = '缺少承诺书';
      reason.dispatchEvent(new Event('input'));
    }
    button('退回')?.click();
    expect(await answer).toEqual({ reason: '缺少承诺书' });
  });
});

describe('Conflict', () => {
  it('shows both versions of what differs and lets the person choose', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const answer = TestBed.inject(Conflict).ask({
      savedBy: '李强',
      fields: [
        { label: '说明', mine: '共 27 项', theirs: '共 20 项' },
        { label: '名称', mine: '同一', theirs: '同一' },
      ],
    });
    await settle();
    const text = document.querySelector('mat-dialog-container')?.textContent;
    expect(text).toContain('李强');
    expect(text).toContain('共 27 项');
    expect(text).toContain('共 20 项');
    expect(text).not.toContain('名称');
    button('用我的版本覆盖')?.click();
    expect(await answer).toBe('mine');
  });
});

describe('ui-timeline', () => {
  it('marks the present step and shows instants on China’s clock', async () => {
    const fixture = TestBed.createComponent(Timeline);
    fixture.componentRef.setInput('label', '进度');
    fixture.componentRef.setInput('entries', [
      { title: '申领', at: '2023-03-01T02:00:00Z', by: '张敏' },
      { title: '实施', when: '2023年9月30日前', current: true },
    ]);
    await fixture.whenStable();
    const items = [...(fixture.nativeElement as HTMLElement).querySelectorAll('li')];
    expect(items[0]?.textContent).toContain('2023-03-01 10:00');
    expect(items.map((item) => item.getAttribute('aria-current'))).toEqual([null, 'step']);
  });
});

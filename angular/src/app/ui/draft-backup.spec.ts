import { TestBed } from '@angular/core/testing';
import { provideTexts } from '../../testing/texts';
import { DraftBackupNotice } from './draft-backup';

describe('what is kept on this device', () => {
  it('says from when it is, and asks whether to restore or to drop it', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const fixture = TestBed.createComponent(DraftBackupNotice);
    fixture.componentRef.setInput('savedAt', '2023-09-30T02:32:00Z');
    const chosen: string[] = [];
    fixture.componentInstance.restored.subscribe(() => chosen.push('restore'));
    fixture.componentInstance.dropped.subscribe(() => chosen.push('drop'));
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    expect(root.querySelector('[role=status] p')?.textContent).toContain('2023-09-30 10:32');
    const buttons = [...root.querySelectorAll('button')];
    expect(buttons.map((button) => button.textContent.trim())).toEqual(['恢复内容', '不再保留']);
    buttons.forEach((button) => {
      button.click();
    });
    expect(chosen).toEqual(['restore', 'drop']);
  });
});

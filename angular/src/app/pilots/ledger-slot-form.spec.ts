import { beginningOfSlot, draftOf, holdsContent, settle, slotForm } from './ledger-slot-form';

const empty = beginningOfSlot(null, null);
const stored = { id: 'f', name: '一案.docx', size: 1, contentType: 'x', sha256: 'y' };

describe('slot form', () => {
  it('wants a reason for “not applicable”', () => {
    const form = slotForm(empty);
    expect(form.valid).toBe(true);
    form.controls.isNotApplicable.setValue(true);
    settle(form);
    expect(form.controls.text.hasError('required')).toBe(true);
    form.controls.text.setValue('即办件');
    expect(form.valid).toBe(true);
    form.controls.isNotApplicable.setValue(false);
    settle(form);
    form.controls.text.setValue('');
    expect(form.valid).toBe(true);
  });

  it('offers “not applicable” only where there is no file and no person', () => {
    expect(slotForm({ ...empty, files: [stored] }).controls.isNotApplicable.disabled).toBe(true);
    expect(slotForm({ ...empty, contactName: '周' }).controls.isNotApplicable.disabled).toBe(true);
    expect(slotForm(empty).controls.isNotApplicable.disabled).toBe(false);
  });

  it('takes the signs of a telephone number, and none without a person', () => {
    const form = slotForm({ ...empty, contactPhone: '0513-5550199 转 8' });
    expect(form.controls.contactPhone.valid).toBe(true);
    expect(form.controls.contactName.hasError('required')).toBe(true);
    form.controls.contactPhone.setValue('见通讯录');
    expect(form.controls.contactPhone.hasError('pattern')).toBe(true);
  });

  it('knows what can be handed in', () => {
    expect(holdsContent(empty)).toBe(false);
    expect(holdsContent({ ...empty, text: ' ' })).toBe(false);
    expect(holdsContent({ ...empty, isNotApplicable: true })).toBe(false);
    expect(holdsContent({ ...empty, files: [stored] })).toBe(true);
    expect(draftOf({ ...empty, files: [stored] }, 'd')).toMatchObject({
      concurrencyStamp: 'd',
      fileIds: ['f'],
    });
  });
});

import { DraftPhaseDto } from '@api/models';
import { adoptIds, phaseForm, planForm, taskForm } from './plan-form';

const SAVED: DraftPhaseDto[] = [
  {
    id: 'p1',
    name: '起草',
    startOn: '2023-06-01',
    endOn: null,
    tasks: [{ id: 't1', name: '梳理', officeId: null, dueOn: null }],
  },
];

describe('plan form', () => {
  it('keeps what is incomplete as it is', () => {
    expect(planForm(SAVED).getRawValue().phases).toEqual(SAVED);
  });

  it('takes over the ids of new lines and leaves what was typed since', () => {
    const form = planForm([]);
    form.controls.phases.push(phaseForm());
    form.controls.phases.at(0).controls.tasks.push(taskForm());
    form.controls.phases.at(0).controls.name.setValue('后来改的名称');
    adoptIds(form, SAVED);
    const phase = form.getRawValue().phases[0];
    expect(phase?.id).toBe('p1');
    expect(phase?.tasks[0]?.id).toBe('t1');
    expect(phase?.name).toBe('后来改的名称');
  });

  it('never gives a line the id of another', () => {
    const form = planForm(SAVED);
    adoptIds(form, [{ id: 'other', name: '别的', startOn: null, endOn: null, tasks: [] }]);
    expect(form.getRawValue().phases[0]?.id).toBe('p1');
  });

  it('leaves lines alone that were added after the save', () => {
    const form = planForm(SAVED);
    form.controls.phases.push(phaseForm());
    adoptIds(form, SAVED);
    expect(form.getRawValue().phases[1]?.id).toBeNull();
  });
});

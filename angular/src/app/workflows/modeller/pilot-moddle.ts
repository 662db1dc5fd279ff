/** Our extension elements for bpmn-moddle; src/PilotPlatform.Bpmn/README.md is the vocabulary. */
export const PILOT_NAMESPACE = 'urn:pilotplatform:bpmn';

const attribute = (name: string, type = 'String') => ({ name, type, isAttr: true });

export const PILOT_MODDLE = {
  name: 'PilotPlatform',
  uri: PILOT_NAMESPACE,
  prefix: 'pilot',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  // `allowedIn`: what a step carries stays behind when it becomes a step of another kind.
  types: [
    {
      name: 'Variables',
      superClass: ['Element'],
      properties: [{ name: 'variables', type: 'Variable', isMany: true }],
    },
    {
      name: 'Variable',
      superClass: ['Element'],
      properties: [attribute('name'), attribute('type'), attribute('label')],
    },
    {
      name: 'Assignee',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:UserTask', 'bpmn:SendTask'] },
      properties: [
        attribute('kind'),
        attribute('value'),
        attribute('region'),
        { name: 'exclusions', type: 'NotWhoDid', isMany: true },
      ],
    },
    { name: 'NotWhoDid', superClass: ['Element'], properties: [attribute('step')] },
    {
      name: 'Form',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:UserTask'] },
      properties: [attribute('batch', 'Boolean'), { name: 'fields', type: 'Field', isMany: true }],
    },
    {
      name: 'Field',
      superClass: ['Element'],
      properties: [
        attribute('name'),
        attribute('label'),
        attribute('kind'),
        attribute('required', 'Boolean'),
        { name: 'options', type: 'Option', isMany: true },
      ],
    },
    { name: 'Option', superClass: ['Element'], properties: [attribute('value'), attribute('label')] },
    {
      name: 'Due',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:UserTask'] },
      properties: [attribute('value'), attribute('calendar')],
    },
    {
      name: 'CompletedBy',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:UserTask'] },
      properties: [attribute('event')],
    },
    { name: 'Confidential', superClass: ['Element'], meta: { allowedIn: ['bpmn:UserTask'] }, properties: [] },
    {
      name: 'Service',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:ServiceTask'] },
      properties: [
        attribute('handler'),
        attribute('actsFor'),
        attribute('attempts', 'Integer'),
        attribute('firstWait'),
      ],
    },
    {
      name: 'Text',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:SendTask'] },
      properties: [{ name: 'body', type: 'String', isBody: true }],
    },
    {
      name: 'ForEach',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [
        attribute('collection'),
        attribute('itemVariable'),
        attribute('outputCollection'),
        attribute('outputItem'),
      ],
    },
    { name: 'InCalendar', extends: ['bpmn:Expression'], properties: [attribute('calendar')] },
  ],
};

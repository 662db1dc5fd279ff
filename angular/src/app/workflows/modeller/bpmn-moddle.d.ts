/** The package comes without declarations of its class; specs read and write models with it. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, object>>);
  }
}

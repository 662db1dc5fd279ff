/** The package comes without declarations of its class; specs read and write models with it. */
declare module 'bpmn-moddle' {
  export const BpmnModdle: new (packages: Readonly<Record<string, object>>) => object;
}

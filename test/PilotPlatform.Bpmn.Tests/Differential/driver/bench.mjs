// Steps per second of bpmn-engine in memory: node bench.mjs MODEL.bpmn INSTANCES. Every task is answered at once; a decision
// is “return” the first time and “accept” afterwards, as in the laboratory.
import { readFileSync } from 'node:fs';
import { Engine } from 'bpmn-engine';

const [file, count] = process.argv.slice(2);
const source = readFileSync(file, 'utf8')
  .replaceAll("decision == 'return'", 'next(null, this.environment.variables.decision === "return")')
  .replaceAll('xsi:type="bpmn:tFormalExpression"', 'xsi:type="bpmn:tFormalExpression" language="javascript"')
  .replaceAll('<bpmn:serviceTask', '<bpmn:task').replaceAll('</bpmn:serviceTask', '</bpmn:task')
  .replaceAll('<bpmn:sendTask', '<bpmn:task').replaceAll('</bpmn:sendTask', '</bpmn:task');
const timers = { setTimeout: () => null, clearTimeout: () => {}, register: () => ({ setTimeout: () => ({}), clearTimeout: () => {} }) };

const stepKinds = new Set(['bpmn:UserTask', 'bpmn:Task']);
let steps = 0;
const begin = process.hrtime.bigint();
for (let index = 0; index < Number(count); index++) {
  const variables = {};
  const engine = new Engine({ name: `bench-${index}`, source, timers, variables });
  const [definition] = await engine.getDefinitions();
  definition.broker.subscribeTmp('event', 'activity.#', (key, message) => {
    if (key === 'activity.leave' && stepKinds.has(message.content.type)) steps++;
    if (key === 'activity.wait' && message.content.type === 'bpmn:UserTask') {
      if (message.content.id === 'Check') {
        definition.environment.variables.decision = variables.checked ? 'accept' : 'return';
        variables.checked = true;
      }
      definition.getApi(message).signal();
    }
  }, { noAck: true });
  definition.run();
}
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
console.log(JSON.stringify({ instances: Number(count), steps, seconds, stepsPerSecond: steps / seconds }));

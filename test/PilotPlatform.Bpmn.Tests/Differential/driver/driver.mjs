// Runs models in bpmn-engine step by step. One JSON line in is one model with its commands; one JSON line out says, for the
// start and for each command, which nodes passed, which work began, what waits afterwards and whether the process ended.
import { createInterface } from 'node:readline';
import { Engine } from 'bpmn-engine';

const tasks = new Set(['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:CallActivity']);

/** Attributes of our extension namespace that the engine knows under other names. */
const moddleOptions = {
  pilot: {
    name: 'pilot',
    uri: 'urn:pilotplatform:bpmn',
    prefix: 'pilot',
    xml: { tagAlias: 'lowerCase' },
    types: [
      {
        name: 'Repeated',
        extends: ['bpmn:MultiInstanceLoopCharacteristics'],
        properties: [
          { name: 'collection', isAttr: true, type: 'String' },
          { name: 'elementVariable', isAttr: true, type: 'String' },
        ],
      },
    ],
  },
};

class Run {
  constructor(model) {
    this.vars = { ...model.variables };
    this.waiting = []; // { id, key, complete(outputs), fail(code), fire() }
    this.events = [];
    this.passing = [];
    this.completed = {}; // instances completed in the present round of a multi-instance activity
    this.collected = {};
    this.outcome = null;
  }

  async start(model) {
    const run = this;
    const timers = {
      setTimeout: () => null,
      clearTimeout: (ref) => run.forget((w) => w.ref === ref),
      register: (owner) => ({
        setTimeout: (callback) => {
          const ref = { owner };
          run.wait({ id: owner.id, key: owner.executionId, kind: 'timer', ref, fire: callback });
          return ref;
        },
        clearTimeout: (ref) => run.forget((w) => w.ref === ref),
      }),
    };
    const engine = new Engine({ name: 'differential', source: model.xml, moddleOptions, timers, variables: { run: this.vars, f: functions } });
    const [definition] = await engine.getDefinitions({
      services: {
        task(scope, callback) {
          const { id, executionId, index } = scope.content;
          run.began(id, executionId, index, {
            complete: () => callback(null),
            fail: (code) => callback(Object.assign(new Error(code), { code })),
          });
        },
        until: (name) => run.isEnough(model.loops[name]),
        count: (name) => run.evaluate(model.loops[name].count),
        items: (name) => run.evaluate(model.loops[name].over),
      },
    });
    this.model = model;
    this.definition = definition;
    definition.broker.subscribeTmp('event', '#', (key, message) => this.hear(key, message, definition), { noAck: true });
    definition.on('error', () => (this.outcome = 'Failed'));
    definition.on('leave', () => (this.outcome ??= 'Ended'));
    return this.step(() => {
      definition.run();
      if (model.startAt) this.take({ node: model.startAt }).fire();
    });
  }

  evaluate(script, more = {}) {
    return new Function('v', 'f', `return (${script});`)({ ...this.vars, ...more }, functions);
  }

  isEnough(loop) {
    const done = this.completed[loop.id] ?? 0;
    return this.evaluate(loop.until, { nrOfCompletedInstances: done, nrOfInstances: loop.total ?? this.evaluate(loop.count ?? `f.count(${loop.over})`) });
  }

  began(id, key, index, actions) {
    this.events.push(`start ${id}`);
    this.wait({ id, key, kind: 'task', index, ...actions });
  }

  wait(waiting) {
    this.waiting.push(waiting);
  }

  forget(filter) {
    this.waiting = this.waiting.filter((w) => !filter(w));
  }

  hear(key, message, definition) {
    const { id, type, executionId, index, isMultiInstance } = message.content;
    switch (key) {
      case 'activity.enter':
        if (this.model.loops[id]) {
          this.completed[id] = 0;
          if (this.model.loops[id].into) this.vars[this.model.loops[id].into] = [];
        }
        break;
      case 'activity.start':
        if (type === 'bpmn:SubProcess') this.events.push(`enter ${id}`);
        break;
      case 'activity.end':
        if (type === 'bpmn:SubProcess' || this.model.loops[id]) break;
        this.events.push(tasks.has(type) ? `done ${id}` : `pass ${id}`);
        break;
      case 'activity.call':
      case 'activity.wait': {
        if (type === 'bpmn:ErrorEventDefinition') break;
        const api = definition.getApi(message);
        const actions = {
          complete: () => api.signal(),
          fire: () => api.signal(),
          fail: (code) => api.sendApiMessage('error', { message: code, code }),
        };
        // Work outside the system: ours notes it and passes on, the other engine waits for a signal.
        if (type === 'bpmn:ManualTask') this.passing.push(api);
        else if (tasks.has(type)) this.began(id, executionId, index, actions);
        else this.wait({ id, key: executionId, kind: 'message', ...actions });
        break;
      }
      case 'activity.leave':
        // Whatever waited there was completed or cancelled; instances of a multi-instance activity have ids that begin with its own.
        this.forget((w) => w.id === id && !this.model.loops[id] && w.key === executionId);
        if (this.model.loops[id]) this.forget((w) => w.id === id && w.key.startsWith(executionId));
        if (type === 'bpmn:SubProcess') this.forget((w) => this.model.parents[w.id]?.includes(id));
        break;
    }
  }

  step(action) {
    this.events = [];
    action();
    while (this.passing.length) this.passing.shift().signal();
    const ended = this.outcome;
    if (ended) this.waiting = [];
    return { events: this.events, waiting: this.waiting.map((w) => w.id), outcome: ended };
  }

  /** What a command is meant for, which from then on waits no more. */
  take(command) {
    const candidates = this.waiting.filter((w) => w.id === command.node && (command.index ?? w.index) === w.index);
    const target = candidates[command.nth ?? 0];
    if (!target) throw new Error(`nothing waits at ${command.node}, only at ${this.waiting.map((w) => w.id)}`);
    this.forget((w) => w === target);
    return target;
  }

  do(command) {
    const target = this.take(command);
    return this.step(() => {
      const loop = this.model.loops[command.node];
      if (command.do === 'complete') {
        const outputs = { ...command.outputs };
        if (loop) {
          this.completed[loop.id] += 1;
          if (loop.into) {
            this.vars[loop.into] = [...this.vars[loop.into], outputs[loop.output] ?? null];
            delete outputs[loop.output];
          }
        }
        Object.assign(this.vars, outputs);
        target.complete();
      } else if (command.do === 'error') {
        target.fail(command.code);
      } else {
        Object.assign(this.vars, command.outputs);
        target.fire();
      }
    });
  }
}

const functions = {
  count: (list) => list.length,
  countOf: (list, value) => list.filter((i) => i === value).length,
  contains: (whole, part) => whole.includes(part),
  sum: (list) => list.reduce((a, b) => a + b, 0),
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line.trim()) continue;
  const model = JSON.parse(line);
  const run = new Run(model);
  const steps = [];
  let error = null;
  try {
    steps.push(await run.start(model));
    for (const command of model.commands) steps.push(run.do(command));
  } catch (problem) {
    error = String(problem?.stack ?? problem);
  }
  process.stdout.write(JSON.stringify({ id: model.id, steps, error }) + '\n');
}

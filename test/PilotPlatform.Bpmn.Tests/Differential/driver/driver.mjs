// Runs models in bpmn-engine step by step. One JSON line in is one model with its commands; one JSON line out says, for the
// start and for each command, which nodes passed, which work began, what waits afterwards and whether the process ended.
import { createInterface } from 'node:readline';
import { Engine } from 'bpmn-engine';

const tasks = new Set(['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:CallActivity']);

/** Conditions as plain functions: the engine's own way makes a new JavaScript context for every evaluation. */
const scripts = {
  register() {},
  getScript: (language, { behaviour }) =>
    language && {
      execute: (scope, next) => new Function('next', 'environment', behaviour.conditionExpression.body)(next, scope.environment),
    },
};

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
    this.waiting = []; // { id, index, keys, complete(), fail(code), fire() }
    this.events = [];
    this.passing = [];
    this.around = new Map(); // execution id → itself and the executions around it
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
          run.wait({ ...run.where(owner), ref, fire: callback });
          return ref;
        },
        clearTimeout: (ref) => run.forget((w) => w.ref === ref),
      }),
    };
    const engine = new Engine({ name: 'differential', source: model.xml, moddleOptions, timers, scripts, variables: { run: this.vars, f: functions } });
    const [definition] = await engine.getDefinitions({
      services: {
        task(scope, callback) {
          run.began(scope.content, {
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

  began(content, actions) {
    this.wait({ ...this.where(content), isNew: true, ...actions });
  }

  /**
   * Where something waits: its node, its own execution and those around it, and which instance of a repeated activity it is.
   * Only the engine's events tell what is around; instances and event definitions have ids that begin with their activity's.
   */
  where({ id, executionId, index }) {
    const keys = [executionId];
    for (let key = executionId; key; key = /_\d+$/.test(key) ? key.replace(/_\d+$/, '') : null) keys.push(...(this.around.get(key) ?? []));
    return { id, index, keys };
  }

  wait(waiting) {
    this.waiting.push(waiting);
  }

  forget(filter) {
    this.waiting = this.waiting.filter((w) => !filter(w));
  }

  hear(key, message, definition) {
    const { id, type, executionId, parent } = message.content;
    switch (key) {
      case 'activity.enter':
        this.around.set(executionId, [executionId, parent?.executionId, ...(parent?.path ?? []).map((p) => p.executionId)].filter(Boolean));
        if (this.model.loops[id]) {
          this.completed[id] = 0;
          if (this.model.loops[id].into) this.vars[this.model.loops[id].into] = [];
        }
        break;
      case 'activity.start':
        if (type === 'bpmn:SubProcess' && !this.model.loops[id]) this.events.push(`enter ${id}`);
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
        else if (tasks.has(type)) this.began(message.content, actions);
        else this.wait({ ...this.where(message.content), ...actions });
        break;
      }
      case 'activity.leave':
        // Whatever waited there or within was completed or cancelled; the instances of a repeated activity have ids that begin with its own.
        this.forget((w) => w.keys.some((key) => key === executionId || key.startsWith(`${executionId}_`)));
        break;
    }
  }

  step(action) {
    this.events = [];
    action();
    while (this.passing.length) this.passing.shift().signal();
    const ended = this.outcome;
    if (ended) this.waiting = [];
    // What began and was cancelled by the same command is not told by either side.
    for (const w of this.waiting.filter((w) => w.isNew)) {
      this.events.push(`start ${w.id}`);
      w.isNew = false;
    }

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

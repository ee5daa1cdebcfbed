// node:async_hooks: a resource that runs what it is given. AsyncLocalStorage needs the engine's help.
export class AsyncResource {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
  runInAsyncScope<T>(work: (...args: unknown[]) => T, self?: unknown, ...args: unknown[]): T {
    return Reflect.apply(work, self, args);
  }
  emitDestroy(): this {
    return this;
  }
  asyncId(): number {
    return 0;
  }
  triggerAsyncId(): number {
    return 0;
  }
}

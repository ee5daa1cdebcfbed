// node:diagnostics_channel: channels that nobody listens to.
class Channel {
  readonly hasSubscribers = false;
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  publish(): void {}
  subscribe(): void {}
  unsubscribe(): boolean {
    return false;
  }
}
export const channel = (name: string) => new Channel(name);
export const hasSubscribers = () => false;
export const tracingChannel = (name: string) => ({
  ...{ start: channel(name), end: channel(name), asyncStart: channel(name) },
  ...{ asyncEnd: channel(name), error: channel(name), hasSubscribers: false },
  traceSync: <T>(work: () => T) => work(),
  tracePromise: <T>(work: () => T) => work(),
  subscribe() {},
  unsubscribe() {},
});

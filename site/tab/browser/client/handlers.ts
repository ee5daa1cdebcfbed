// Event handlers as properties: `socket.onopen = …` (HTML standard, "event handlers").

/** A handler is called as a listener is, with the event's target as `this`. */
// biome-ignore lint/suspicious/noExplicitAny: a handler takes the event that its name promises
export type Handler = ((event: any) => unknown) | null;

/** Gives a class the properties `on…` for these events; each holds one listener, which a new value replaces. */
export function addHandlers(target: { prototype: EventTarget }, types: string[]): void {
  for (const type of types) {
    const handlers = new WeakMap<EventTarget, Handler>();
    Object.defineProperty(target.prototype, `on${type}`, {
      configurable: true,
      enumerable: true,
      get(this: EventTarget) {
        return handlers.get(this) ?? null;
      },
      set(this: EventTarget, handler: unknown) {
        if (!handlers.has(this)) {
          this.addEventListener(type, (event) => handlers.get(this)?.call(this, event));
        }
        handlers.set(this, typeof handler === 'function' ? (handler as Handler) : null);
      },
    });
  }
}

/** An event with the fields of its kind, where the scope has no class for it. */
export function makeEvent(type: string, fields: Record<string, unknown> = {}): Event {
  const event = new Event(type);
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(event, name, { value, enumerable: true });
  }
  return event;
}

// Joins servers of this process to one cluster, by the library's own protocol over an event emitter.
import { EventEmitter } from 'node:events';
import type { Namespace, ServerOptions } from 'socket.io';
import { ClusterAdapter, type ClusterMessage, type ClusterResponse } from 'socket.io-adapter';

/** The option `adapter` for each server that is to be one node of it. */
export function oneCluster(): Pick<ServerOptions, 'adapter'> {
  const bus = new EventEmitter().setMaxListeners(0);
  class BusAdapter extends ClusterAdapter {
    constructor(namespace: Namespace) {
      super(namespace);
      bus.on('message', (message: ClusterMessage) => this.onMessage(message));
      bus.on(`response ${this.uid}`, (response: ClusterResponse) => this.onResponse(response));
    }
    protected override async doPublish(message: ClusterMessage): Promise<string> {
      bus.emit('message', message);
      return '';
    }
    protected override async doPublishResponse(uid: string, response: ClusterResponse) {
      bus.emit(`response ${uid}`, response);
    }
  }
  return { adapter: BusAdapter };
}

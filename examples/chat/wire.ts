// What goes over the wire, said once for the server and its page. lesson: typescript

/** What others may know of an account. */
export interface Person {
  id: string;
  name: string;
}

export interface Room {
  id: string;
  name: string;
  /** Whose room it is. The lobby's is nobody's. */
  owner: string | null;
}

export interface Member extends Person {
  online: boolean;
}

export interface Message {
  room: string;
  /** Grows from message to message: the order of a room. */
  seq: number;
  /** Made by the sender, so that a resend is no second message. */
  id: string;
  /** Set by the server, whatever the sender claims. */
  from: Person;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

export type Reason = { code: string; message: string };

/** What the server tells. */
export interface Told {
  /** The rooms are joined: from here on nothing that is said there is missed. */
  ready: () => void;
  said: (message: Message) => void;
  presence: (member: Member) => void;
  /** You are in this room now, or no longer. */
  entered: (room: Room) => void;
  left: (room: Pick<Room, 'id'>) => void;
  ended: (reason: Reason) => void;
}

/** What a client may ask. Whatever it sends along is unknown until it has been checked. */
export type Asked =
  | 'whoami'
  | 'rooms'
  | 'members'
  | 'history'
  | 'say'
  | 'create'
  | 'invite'
  | 'remove'
  | 'leave';
export type Heard = Record<Asked, (...args: unknown[]) => void>;

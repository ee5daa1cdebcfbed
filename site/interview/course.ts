import type { Level } from '../progress/document.ts';

/** What an interview knows of a question before it is asked. */
export interface Asked {
  id: string;
  lesson: string;
  level: Level;
  kind: Kind;
  /** With the marks of a quiz (inline.ts). */
  prompt: string;
  section: { id: string; title: string };
}

export type Kind = 'single' | 'multiple' | 'predict' | 'spot' | 'order' | 'open';

/** A lesson, as a topic to be asked about. */
export interface Topic {
  id: string;
  title: string;
  href: string;
}

/** The lessons in the order of the course, and their questions. The page carries it as JSON. */
export interface Course {
  topics: readonly Topic[];
  questions: readonly Asked[];
}

/** How readers call a level. */
export const LEVELS: Readonly<Record<Level, string>> = {
  junior: 'Junior',
  mid: 'Mid-level',
  senior: 'Senior',
};

/** The lengths of an interview, in minutes. */
export const LENGTHS = [10, 20, 40] as const;

/**
 * Open questions that ask for a design, or to weigh one way against another: an interview ends on one of them.
 * A test holds that each is there.
 */
export const CLOSING: readonly string[] = [
  'where-to-keep-a-status',
  'open-moving-token-to-cookie',
  'whole-user-in-the-session',
  'encrypt-session-cookie',
  'socket-use-or-wrapper',
  'cart-lost-at-login',
  'banned-in-the-database',
  'open-design-pages-phone-widget',
  'open-customer-pages-on-subdomains',
  'token-as-subprotocol',
  'design-a-logout-with-sockets',
  'tickets-on-three-nodes',
  'query-token-for-old-apps',
  'chat-counts-as-activity',
];

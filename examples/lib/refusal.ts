// Copy this too: the words of a refusal. Clients decide by `code`; people read `message`.
const words = {
  TOKEN_MISSING: 'Sign in first: no token was sent.',
  TOKEN_INVALID: 'This token is not valid here. Sign in again.',
  TOKEN_EXPIRED: 'This token has expired. Sign in again.',
  TICKET_USED: 'This ticket was used before. Get a new one.',
  TICKET_EXPIRED: 'This ticket came too late. Get a new one.',
  SESSION_MISSING: 'Sign in first: there is no session.',
  SESSION_EXPIRED: 'This session has ended. Sign in again.',
  REFRESH_RACED: 'This refresh token was used a moment ago. Try again with the new one.',
  REFRESH_REUSED: 'A refresh token was used twice, so this login has ended. Sign in again.',
  WRONG_CREDENTIALS: 'Wrong name or password.',
  USER_UNKNOWN: 'This account is not there any more, or is disabled.',
  FORBIDDEN: 'This is not allowed to you.',
  AUTH_UNAVAILABLE: 'The sign-in check is out of order. Your login still stands: try again soon.',
  BAD_PAYLOAD: 'The server does not understand this message.',
  RATE_LIMITED: 'Too much at a time. Wait a moment.',
  SERVER_ERROR: 'Something went wrong on the server. Try again soon.',
};

export type Code = keyof typeof words;
const names: Partial<Record<Code, string>> = {
  AUTH_UNAVAILABLE: 'unavailable',
  FORBIDDEN: 'forbidden',
  RATE_LIMITED: 'too many',
};

/** An Error whose `data` Socket.IO sends to the client; `userId` stays here, for the log. */
export class Refusal extends Error {
  readonly data: { code: Code; message: string };
  readonly userId: string | undefined;

  constructor(code: Code, userId?: string) {
    super(names[code] ?? 'unauthorized');
    this.data = { code, message: words[code] };
    this.userId = userId;
  }
}

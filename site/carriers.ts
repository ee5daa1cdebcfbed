/** The four carriers: where a credential travels. */
export type CarrierName = 'auth-field' | 'cookie' | 'query' | 'session';

interface CarrierWords {
  letter: string;
  word: string;
  line: string;
}

export const carriers: Record<CarrierName, CarrierWords> = {
  'auth-field': { letter: 'A', word: 'auth field', line: 'in the CONNECT packet, in no URL' },
  cookie: { letter: 'C', word: 'cookie', line: 'sent by the browser, unasked' },
  query: { letter: 'Q', word: 'query', line: 'in every log on the way' },
  session: { letter: 'S', word: 'session', line: 'an id in a cookie, the rest in the store' },
};

export const carrierNames = Object.keys(carriers) as CarrierName[];

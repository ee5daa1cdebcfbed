// `npm run bench:tab`: see bench/tab.ts.
import '../bench/tab.ts';

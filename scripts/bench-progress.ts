// `npm run bench:progress`: see bench/progress.ts.
import '../bench/progress.ts';

// `npm run bench:adapters`: see bench/adapters.ts.
import '../bench/adapters.ts';

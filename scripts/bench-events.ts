// `npm run bench:events`: see bench/events.ts.
import '../bench/events.ts';

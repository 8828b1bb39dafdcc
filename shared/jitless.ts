import { z } from 'zod';

// zod would otherwise try to compile its parsers, which the page's content policy rightly refuses. Loaded
// by every page before its own script, because the first schema tries.
z.config({ jitless: true });

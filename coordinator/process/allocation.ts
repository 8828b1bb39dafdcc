/**
 * What a coordinator's environment says at its start, so that the C library asks the kernel for every piece of 16 kB or more,
 * and hands out no dirty ones. Node keeps 80 kB of buffers for each line over TLS and writes into 8 of them: made of what
 * others have used before, all of it would be resident. Its service says the same; other C libraries pay no heed.
 */
export const ALLOCATION = { MALLOC_MMAP_THRESHOLD_: '16384', MALLOC_TOP_PAD_: '0' } as const;

/** Where seats fetch a release from its coordinator: the manifest by its hash, contents by theirs, several joined by `+`. */
export const MANIFESTS = '/api/update/manifests/';
export const CONTENTS = '/api/update/contents/';

/** What is sent together of small contents: so many, and so many bytes. */
export const MOST_AT_ONCE = 64;
export const MOST_TOGETHER = 1024 * 1024;

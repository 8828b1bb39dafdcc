/** An id that nobody has had: letters and digits of chance, behind what it is of. */
export const newId = (of: string): string => `${of}-${crypto.randomUUID().slice(0, 13)}`;

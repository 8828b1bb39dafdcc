import { pause } from '../../../shared/pages/timers.ts';

/** Has the browser save `bytes` under `name`. */
export function saveFile(name: string, bytes: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  // The browser reads the address after the click is over.
  void pause(60_000).then(() => URL.revokeObjectURL(link.href));
}

import type { DeviceStatus, Tap } from '../capabilities.ts';

/** What all card readers have in common: who listens, and that a status is told once. */
export abstract class AnnouncingReader {
  model: string | null = null;
  #onTap: (tap: Tap) => void = () => {};
  #onStatus: (status: DeviceStatus) => void = () => {};
  #told = '';

  onTap(listener: (tap: Tap) => void): void {
    this.#onTap = listener;
  }

  onStatus(listener: (status: DeviceStatus) => void): void {
    this.#onStatus = listener;
  }

  protected tap(tap: Tap): void {
    this.#onTap(tap);
  }

  protected tell(status: DeviceStatus): void {
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    this.#onStatus(status);
  }
}

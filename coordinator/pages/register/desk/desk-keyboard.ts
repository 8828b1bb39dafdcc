import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { commandOf, type DeskCommand } from './desk-keys.ts';

interface Listening {
  readonly may: (right: string) => boolean;
  readonly hasLetters: () => boolean;
  readonly isReady: () => boolean;
  readonly onCommand: (command: DeskCommand) => void;
}

/** Where somebody types, letters are letters. */
const TYPED_IN = 'dialog, textarea, select, input:not([type=checkbox])';

/** Listens to the desk's keys, wherever on its page they are pressed. */
export class DeskKeyboard implements ReactiveController {
  readonly #what: Listening;
  readonly #onKey = (event: KeyboardEvent) => {
    const { may, hasLetters, isReady, onCommand } = this.#what;
    if (event.defaultPrevented || !isReady()) return;
    const typing = event.composedPath().some((each) => each instanceof Element && each.matches(TYPED_IN));
    const command = commandOf(event, { may, typing, letters: hasLetters() });
    if (command === null) return;
    event.preventDefault();
    onCommand(command);
  };

  constructor(host: ReactiveControllerHost, what: Listening) {
    this.#what = what;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#onKey);
  }
}

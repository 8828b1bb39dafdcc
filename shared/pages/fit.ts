import type { LitElement, ReactiveController } from 'lit';

/** Type is never made smaller than this share of its size. */
export const LEAST_SCALE = 0.3;

/** The largest scale up to 1 that `fits`, to a hundredth; `least` where none does. */
export function largestFitting(fits: (scale: number) => boolean, least = LEAST_SCALE): number {
  if (fits(1)) return 1;
  let low = Math.round(least * 100);
  let high = 100;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle / 100)) low = middle;
    else high = middle;
  }
  return low / 100;
}

interface FitOptions {
  /** What the scale is set on: the first element that this selects; its `main` where nothing is said. */
  readonly stage?: string;
  /** Type is never made smaller than this share of its size. */
  readonly least?: number;
}

/**
 * Makes the type of a screen as large as fits: sets `--fit` on its stage to the largest scale at which no section
 * and nothing marked `data-fit` runs over its own box. Measured again only when what is shown changes. Where the least
 * scale is not small enough, the stage has `data-cramped`.
 */
export class Fit implements ReactiveController {
  readonly #host: LitElement;
  readonly #shown: () => string;
  readonly #stage: string;
  readonly #least: number;
  #fitted: string | null = null;
  readonly #again = () => {
    this.#fitted = null;
    this.#host.requestUpdate();
  };

  /** @param shown names what is on screen; a change of it is a reason to measure. */
  constructor(
    host: LitElement,
    shown: () => string,
    { stage = 'main', least = LEAST_SCALE }: FitOptions = {},
  ) {
    this.#host = host;
    this.#shown = shown;
    this.#stage = stage;
    this.#least = least;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('resize', this.#again);
    document.fonts.addEventListener('loadingdone', this.#again);
  }

  hostDisconnected(): void {
    removeEventListener('resize', this.#again);
    document.fonts.removeEventListener('loadingdone', this.#again);
  }

  hostUpdated(): void {
    const shown = this.#shown();
    const stage = this.#host.renderRoot.querySelector<HTMLElement>(this.#stage);
    if (shown === this.#fitted || stage === null) return;
    this.#fitted = shown;
    stage.removeAttribute('data-cramped');
    const boxes = [...stage.querySelectorAll('section, [data-fit]')];
    const overflows = (scale: number): number[] => {
      stage.style.setProperty('--fit', String(scale));
      return boxes.flatMap((box) => [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]);
    };
    // What stands out at the smallest scale too (a big figure's leading, say) is none of the scale's doing.
    const unavoidable = overflows(this.#least);
    const fits = (scale: number) => overflows(scale).every((px, i) => px <= (unavoidable[i] ?? 0) + 1);
    stage.style.setProperty('--fit', String(largestFitting(fits, this.#least)));
    stage.toggleAttribute(
      'data-cramped',
      unavoidable.some((px) => px > 1),
    );
  }
}

import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { Lamp } from '../../hardware/capabilities.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import type { Read } from '../seat/reading.ts';
import type { KeyLabel, KeyView, ScreenView } from './view.ts';
import { words } from './words.ts';

/** A key's colour and sign: the same place, colour, sign and word always go together. */
type Tone = 'yes' | 'no' | 'middle' | 'go' | 'move';

const TONES: Record<KeyLabel, Tone> = {
  for: 'yes',
  satisfied: 'yes',
  pick: 'yes',
  against: 'no',
  dissatisfied: 'no',
  unpick: 'no',
  abstain: 'middle',
  basic: 'middle',
  'dont-know': 'move',
  confirm: 'go',
  submit: 'go',
  finish: 'go',
  again: 'go',
  next: 'move',
  skip: 'move',
  previous: 'move',
  back: 'move',
  cast: 'go',
  discard: 'move',
  audit: 'move',
  open: 'no',
  sheet: 'move',
  'page-on': 'move',
  'page-back': 'move',
};

const SIGNS: Record<KeyLabel, TemplateResult> = {
  for: svg`<path d="M4 13l5 5L20 6" />`,
  satisfied: svg`<path d="M4 13l5 5L20 6" />`,
  pick: svg`<path d="M4 13l5 5L20 6" />`,
  against: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  dissatisfied: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  unpick: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  abstain: svg`<circle cx="12" cy="12" r="7" />`,
  basic: svg`<path d="M4 14c3-5 5-5 8-2s5 3 8-2" />`,
  'dont-know': svg`<path d="M8 8.5a4 4 0 1 1 5.5 4c-1 .5-1.5 1.2-1.5 2.5M12 19v.2" />`,
  confirm: svg`<path d="M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M8 12.5l3 3 5.5-6" />`,
  submit: svg`<path d="M12 19V5M6 11l6-6 6 6" />`,
  finish: svg`<path d="M5 6h14M5 12h14M5 18h8" />`,
  again: svg`<path d="M19 8a8 8 0 1 0 1 6M19 3v5h-5" />`,
  next: svg`<path d="M9 5l7 7-7 7" />`,
  skip: svg`<path d="M9 5l7 7-7 7" />`,
  previous: svg`<path d="M15 5l-7 7 7 7" />`,
  back: svg`<path d="M10 6l-5 5 5 5M5 11h9a5 5 0 0 1 5 5v2" />`,
  cast: svg`<path d="M12 19V5M6 11l6-6 6 6" />`,
  discard: svg`<path d="M19 8a8 8 0 1 0 1 6M19 3v5h-5" />`,
  audit: svg`<path d="M4 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.5 15.5L20 20" />`,
  open: svg`<path d="M6 11h12v9H6zM9 11V7a4 4 0 0 1 7.5-2" />`,
  sheet: svg`<path d="M6 3h8l4 4v14H6zM9.5 11h5M9.5 15h5" />`,
  'page-on': svg`<path d="M5 4h9v16H5zM18 8l4 4-4 4" />`,
  'page-back': svg`<path d="M10 4h9v16h-9zM6 8l-4 4 4 4" />`,
};

/** The sign that stands for `label` wherever it is shown. */
export function sign(label: KeyLabel): TemplateResult {
  return html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${SIGNS[label]}</svg>`;
}

export function tone(label: KeyLabel): Tone {
  return TONES[label];
}

/** The legend at the foot of the screen, above the five keys. `onRead`: the tile of a key that is about reading was touched. */
export function keyLegend(
  keys: ScreenView['keys'],
  language: Language,
  onRead: (read: Read) => void,
): TemplateResult {
  return html`<ol class="legend">${keys.map((key, i) => keyTile(key, i + 1, language, onRead))}</ol>`;
}

function keyTile(
  { label, lamp, read }: KeyView,
  number: number,
  language: Language,
  onRead: (read: Read) => void,
): TemplateResult {
  const { keys, lamps } = words(language);
  const state: Lamp = label === null && lamp !== 'counted' ? 'off' : lamp;
  return html`<li class="key ${state} ${label ? TONES[label] : ''}">
    <span class="place">${number}</span>
    ${label ? html`${sign(label)}<span class="word">${keys[label]}</span>` : nothing}
    ${read && label ? html`<button class="touch" aria-label=${keys[label]} @click=${() => onRead(read)}></button>` : nothing}
    ${state === 'counted' && !label ? html`${sign('for')}<span class="word">${lamps.counted}</span>` : nothing}
    ${state === 'chosen' ? html`<span class="mark">${lamps.chosen}</span>` : nothing}
    ${state === 'off' ? html`<span class="unseen">${lamps.off}</span>` : nothing}
  </li>`;
}

export const legendStyles = css`
  .legend {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    gap: 0.5rem;
    margin: 0;
    padding: 0 0.6rem 0.6rem;
    list-style: none;
  }
  .key {
    position: relative;
    box-sizing: border-box;
    height: 5.6rem;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.1rem;
    border-radius: 0.6rem;
    border: 0.16rem solid transparent;
    font-weight: 700;
    text-align: center;
    line-height: 1.1;
  }
  .key .place {
    position: absolute;
    top: 0.3rem;
    left: 0.5rem;
    font-size: 1rem;
    font-weight: 600;
  }
  .key .word {
    font-size: 1.75rem;
  }
  :host([lang='en']) .key .word {
    font-size: 1.3rem;
  }
  .sign {
    width: 1.9rem;
    height: 1.9rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .key.off {
    border: 0.12rem dashed var(--line-strong);
    color: var(--ink-soft);
    background: transparent;
  }
  .key.counted {
    border-color: var(--for);
    background: var(--good-wash);
    color: var(--for);
  }
  .key.valid,
  .key.chosen {
    color: var(--on-dark);
    background: var(--tone);
    box-shadow: 0 0.2rem 0 color-mix(in srgb, var(--tone) 65%, black);
  }
  .key.chosen {
    color: var(--tone);
    background: repeating-linear-gradient(
      135deg,
      var(--card) 0 0.5rem,
      color-mix(in srgb, var(--tone) 14%, var(--card)) 0.5rem 1rem
    );
    border: 0.3rem solid var(--tone);
  }
  .key .mark {
    position: absolute;
    top: -0.75rem;
    right: -0.3rem;
    padding: 0.05rem 0.6rem;
    border-radius: 1rem;
    background: var(--tone);
    color: var(--on-dark);
    font-size: 0.95rem;
    line-height: 1.4;
  }
  /* Over the whole tile, and a little more: for a finger. */
  .touch {
    position: absolute;
    inset: -0.3rem;
    padding: 0;
    border: 0;
    border-radius: 0.6rem;
    background: transparent;
  }
  .touch:focus-visible {
    outline: 0.2rem solid var(--signal);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
